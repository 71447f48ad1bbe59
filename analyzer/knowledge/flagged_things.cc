#include "analyzer/knowledge/peer_rules.h"

namespace composelint::knowledge {

namespace {

constexpr std::string_view kControlSocketMounted[] = {"control-socket-mounted"};
constexpr std::string_view kPrivilegedService[] = {"privileged-service"};
constexpr std::string_view kNewPrivilegesAllowed[] = {"new-privileges-allowed"};
constexpr std::string_view kFloatingImageTag[] = {"floating-image-tag"};
constexpr std::string_view kPortOnAllInterfacesAndMore[] = {"port-on-all-interfaces",
                                                            "database-published-on-all-interfaces"};
constexpr std::string_view kCapabilitiesNotDropped[] = {"capabilities-not-dropped"};
constexpr std::string_view kWritableRootFilesystem[] = {"writable-root-filesystem"};
constexpr std::string_view kHostNetwork[] = {"host-network"};
constexpr std::string_view kSecurityProfileDisabled[] = {"security-profile-disabled"};
constexpr std::string_view kHostNamespace[] = {"host-namespace"};
constexpr std::string_view kStrongCapability[] = {"strong-capability"};
constexpr std::string_view kSensitiveHostPath[] = {"sensitive-host-path"};
constexpr std::string_view kWritableRootEquivalentPath[] = {"writable-root-equivalent-path"};
constexpr std::string_view kDangerousDevice[] = {"dangerous-device"};
constexpr std::string_view kSharedMountPropagation[] = {"shared-mount-propagation"};
constexpr std::string_view kRootUser[] = {"root-user"};
constexpr std::string_view kImageWithoutDigest[] = {"image-without-digest"};
constexpr std::string_view kLiteralSecret[] = {"literal-secret"};
constexpr std::string_view kCredentialInUrl[] = {"credential-in-url"};
constexpr std::string_view kTmpfsAllowsExec[] = {"tmpfs-allows-exec"};
constexpr std::string_view kPrivilegedPort[] = {"privileged-port"};
constexpr std::string_view kCustomCgroupParent[] = {"custom-cgroup-parent"};
constexpr std::string_view kEnvFileWithSecrets[] = {"env-file-with-secrets"};
constexpr std::string_view kUnsegmentedNetwork[] = {"unsegmented-network"};
constexpr std::string_view kForwardingSysctl[] = {"forwarding-sysctl"};
constexpr std::string_view kMemoryLimitMissingAndMore[] = {"memory-limit-missing",
                                                           "cpu-limit-missing"};
constexpr std::string_view kPidsLimitMissing[] = {"pids-limit-missing"};
constexpr std::string_view kHealthcheckMissing[] = {"healthcheck-missing", "healthcheck-that-lies"};
constexpr std::string_view kRestartPolicyMissing[] = {"restart-policy-missing",
                                                      "task-service-restarts"};
constexpr std::string_view kLoggingDisabled[] = {"logging-disabled"};
constexpr std::string_view kDependsOnWithoutConditionAndMore[] = {"depends-on-without-condition",
                                                                  "short-depends-on-database"};
constexpr std::string_view kDuplicateContainerName[] = {"duplicate-container-name"};
constexpr std::string_view kPortClash[] = {"port-clash"};
constexpr std::string_view kInvalidContainerName[] = {"invalid-container-name"};
constexpr std::string_view kObsoleteVersion[] = {"obsolete-version"};
constexpr std::string_view kProjectNameMissing[] = {"project-name-missing"};
constexpr std::string_view kUnquotedPortAndMore[] = {"unquoted-port", "surprising-scalar"};
constexpr std::string_view kServicesOrderAndMore[] = {
    "services-order", "keys-order", "top-level-order", "ports-order", "dependencies-order"};
constexpr std::string_view kSchemaViolation[] = {"schema-violation"};
constexpr std::string_view kDuplicateKeyAndMore[] = {"duplicate-key", "duplicate-merge-key"};
constexpr std::string_view kUndefinedReference[] = {"undefined-reference"};
constexpr std::string_view kDependencyCycle[] = {"dependency-cycle"};
constexpr std::string_view kContainerNameWithReplicas[] = {"container-name-with-replicas"};
constexpr std::string_view kUnsetVariableAndMore[] = {"unset-variable", "stray-dollar"};
constexpr std::string_view kRequiredVariableMissing[] = {"required-variable-missing"};
constexpr std::string_view kDependencyInInactiveProfile[] = {"dependency-in-inactive-profile"};
constexpr std::string_view kEnvFileMissing[] = {"env-file-missing"};
constexpr std::string_view kUnusedSuppressionAndMore[] = {"unused-suppression", "unknown-rule"};
constexpr std::string_view kQuotedVolume[] = {"quoted-volume"};

constexpr FlaggedThing kThings[] = {
    {"the runtime's control socket is mounted", kControlSocketMounted},
    {"`privileged: true`", kPrivilegedService},
    {"`no-new-privileges` is missing", kNewPrivilegesAllowed},
    {"the image is untagged, or its tag floats", kFloatingImageTag},
    {"a port is published on every address", kPortOnAllInterfacesAndMore},
    {"no `cap_drop`", kCapabilitiesNotDropped},
    {"the root filesystem can be written", kWritableRootFilesystem},
    {"`network_mode: host`", kHostNetwork},
    {"seccomp, AppArmor or SELinux labels are switched off", kSecurityProfileDisabled},
    {"the host's pid, ipc, user or uts namespace", kHostNamespace},
    {"a strong capability is added", kStrongCapability},
    {"a sensitive path of the host is mounted", kSensitiveHostPath},
    {"a path that is as good as root is mounted writable", kWritableRootEquivalentPath},
    {"a dangerous device of the host", kDangerousDevice},
    {"shared or slave propagation of a mount", kSharedMountPropagation},
    {"the user is root by name", kRootUser},
    {"a tag without digest", kImageWithoutDigest},
    {"a secret stands in the file", kLiteralSecret},
    {"a password stands in a URL", kCredentialInUrl},
    {"a tmpfs allows programs, setuid or devices", kTmpfsAllowsExec},
    {"a privileged port of the host", kPrivilegedPort},
    {"`cgroup_parent` is set", kCustomCgroupParent},
    {"an env file may hold secrets", kEnvFileWithSecrets},
    {"no networks that separate services", kUnsegmentedNetwork},
    {"a container that forwards or redirects packets", kForwardingSysctl},
    {"no limit of memory or CPU", kMemoryLimitMissingAndMore},
    {"no limit of processes", kPidsLimitMissing},
    {"no healthcheck", kHealthcheckMissing},
    {"no restart policy", kRestartPolicyMissing},
    {"logging is switched off", kLoggingDisabled},
    {"`depends_on` without a condition", kDependsOnWithoutConditionAndMore},
    {"two services with one `container_name`", kDuplicateContainerName},
    {"one port of the host twice", kPortClash},
    {"a `container_name` that the engine refuses", kInvalidContainerName},
    {"both `build` and `image`", {}, "`image` beside `build` names what is built"},
    {"the obsolete `version`", kObsoleteVersion},
    {"no `name` of the project", kProjectNameMissing},
    {"a port without quotes", kUnquotedPortAndMore},
    {"a volume in quotes", kQuotedVolume},
    {"order of services, keys, top-level keys, ports, dependencies", kServicesOrderAndMore},
    {"an unknown key, or a value of a wrong type", kSchemaViolation},
    {"no YAML, or a key twice", kDuplicateKeyAndMore, "what is no YAML is an error of the run"},
    {"a network, volume, secret or service that is not there", kUndefinedReference},
    {"dependencies in a circle", kDependencyCycle},
    {"`container_name` with several replicas", kContainerNameWithReplicas},
    {"an unset variable, a stray `$`", kUnsetVariableAndMore},
    {"a required variable is missing", kRequiredVariableMissing},
    {"a dependency in a profile that is not active", kDependencyInInactiveProfile},
    {"an `env_file` that is not there", kEnvFileMissing},
    {"a comment that allows nothing, or an unknown rule", kUnusedSuppressionAndMore},
    {"a name that means nothing while editing", kUndefinedReference},
};

}  // namespace

std::span<const FlaggedThing> flagged_things() {
  return kThings;
}

}  // namespace composelint::knowledge
