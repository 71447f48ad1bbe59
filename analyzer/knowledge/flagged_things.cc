#include "analyzer/knowledge/peer_rules.h"
#include "analyzer/knowledge/peer_slugs.h"

namespace composelint::knowledge {

namespace {

using namespace slugs;

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
    {"no healthcheck", kHealthcheckMissingAndMore},
    {"no restart policy", kRestartPolicyMissingAndMore},
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
