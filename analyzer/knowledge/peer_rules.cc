#include "analyzer/knowledge/peer_rules.h"

#include <algorithm>

namespace composelint::knowledge {

namespace {

constexpr std::string_view kSchemaViolation[] = {"schema-violation"};
constexpr std::string_view kDuplicateContainerName[] = {"duplicate-container-name"};
constexpr std::string_view kPortClash[] = {"port-clash"};
constexpr std::string_view kPortOnAllInterfacesAndMore[] = {"port-on-all-interfaces",
                                                            "database-published-on-all-interfaces"};
constexpr std::string_view kObsoleteVersion[] = {"obsolete-version"};
constexpr std::string_view kProjectNameMissing[] = {"project-name-missing"};
constexpr std::string_view kUnquotedPort[] = {"unquoted-port"};
constexpr std::string_view kInvalidContainerName[] = {"invalid-container-name"};
constexpr std::string_view kDependenciesOrder[] = {"dependencies-order"};
constexpr std::string_view kFloatingImageTag[] = {"floating-image-tag"};
constexpr std::string_view kKeysOrder[] = {"keys-order"};
constexpr std::string_view kPortsOrder[] = {"ports-order"};
constexpr std::string_view kServicesOrder[] = {"services-order"};
constexpr std::string_view kTopLevelOrder[] = {"top-level-order"};
constexpr std::string_view kControlSocketMounted[] = {"control-socket-mounted"};
constexpr std::string_view kPrivilegedService[] = {"privileged-service"};
constexpr std::string_view kNewPrivilegesAllowed[] = {"new-privileges-allowed"};
constexpr std::string_view kCapabilitiesNotDropped[] = {"capabilities-not-dropped"};
constexpr std::string_view kWritableRootFilesystem[] = {"writable-root-filesystem"};
constexpr std::string_view kHostNetwork[] = {"host-network"};
constexpr std::string_view kSecurityProfileDisabled[] = {"security-profile-disabled"};
constexpr std::string_view kHostNamespace[] = {"host-namespace"};
constexpr std::string_view kStrongCapability[] = {"strong-capability"};
constexpr std::string_view kSensitiveHostPath[] = {"sensitive-host-path"};
constexpr std::string_view kLoggingDisabled[] = {"logging-disabled"};
constexpr std::string_view kDangerousDevice[] = {"dangerous-device"};
constexpr std::string_view kSharedMountPropagation[] = {"shared-mount-propagation"};
constexpr std::string_view kRootUser[] = {"root-user"};
constexpr std::string_view kImageWithoutDigest[] = {"image-without-digest"};
constexpr std::string_view kLiteralSecret[] = {"literal-secret"};
constexpr std::string_view kCredentialInUrl[] = {"credential-in-url"};
constexpr std::string_view kTmpfsAllowsExec[] = {"tmpfs-allows-exec"};
constexpr std::string_view kWritableRootEquivalentPath[] = {"writable-root-equivalent-path"};
constexpr std::string_view kMemoryLimitMissingAndMore[] = {"memory-limit-missing",
                                                           "cpu-limit-missing"};
constexpr std::string_view kCustomCgroupParent[] = {"custom-cgroup-parent"};
constexpr std::string_view kCapabilitiesNotDroppedAndMore[] = {"capabilities-not-dropped",
                                                               "strong-capability"};
constexpr std::string_view kCpuLimitMissing[] = {"cpu-limit-missing"};
constexpr std::string_view kHealthcheckMissing[] = {"healthcheck-missing"};
constexpr std::string_view kMemoryLimitMissing[] = {"memory-limit-missing"};
constexpr std::string_view kUnsegmentedNetwork[] = {"unsegmented-network"};
constexpr std::string_view kPidsLimitMissing[] = {"pids-limit-missing"};
constexpr std::string_view kPrivilegedPort[] = {"privileged-port"};
constexpr std::string_view kRestartPolicyMissing[] = {"restart-policy-missing"};
constexpr std::string_view kSecurityProfileDisabledAndMore[] = {"security-profile-disabled",
                                                                "new-privileges-allowed"};
constexpr std::string_view kSensitiveHostPathAndMore[] = {"sensitive-host-path",
                                                          "writable-root-equivalent-path"};
constexpr std::string_view kQuotedVolume[] = {"quoted-volume"};
constexpr std::string_view kForwardingSysctl[] = {"forwarding-sysctl"};

constexpr PeerRule kRules[] = {
    {"dclint", "invalid-schema", kSchemaViolation},
    {"dclint",
     "invalid-yaml",
     {},
     "a file that is no YAML is an error of the run, with its place, and ends it with 2"},
    {"dclint",
     "no-build-and-image",
     {},
     "`image` beside `build` names what is built: that is what it is for"},
    {"dclint", "no-duplicate-container-names", kDuplicateContainerName},
    {"dclint", "no-duplicate-exported-ports", kPortClash},
    {"dclint", "no-quotes-in-volumes", kQuotedVolume},
    {"dclint", "no-unbound-port-interfaces", kPortOnAllInterfacesAndMore},
    {"dclint", "no-version-field", kObsoleteVersion},
    {"dclint", "require-project-name-field", kProjectNameMissing},
    {"dclint", "require-quotes-in-ports", kUnquotedPort},
    {"dclint", "service-container-name-regex", kInvalidContainerName},
    {"dclint", "service-dependencies-alphabetical-order", kDependenciesOrder},
    {"dclint", "service-image-require-explicit-tag", kFloatingImageTag},
    {"dclint", "service-keys-order", kKeysOrder},
    {"dclint", "service-ports-alphabetical-order", kPortsOrder},
    {"dclint", "services-alphabetical-order", kServicesOrder},
    {"dclint", "top-level-properties-order", kTopLevelOrder},
    {"compose-lint", "CL-0001", kControlSocketMounted},
    {"compose-lint", "CL-0002", kPrivilegedService},
    {"compose-lint", "CL-0003", kNewPrivilegesAllowed},
    {"compose-lint", "CL-0004", kFloatingImageTag},
    {"compose-lint", "CL-0005", kPortOnAllInterfacesAndMore},
    {"compose-lint", "CL-0006", kCapabilitiesNotDropped},
    {"compose-lint", "CL-0007", kWritableRootFilesystem},
    {"compose-lint", "CL-0008", kHostNetwork},
    {"compose-lint", "CL-0009", kSecurityProfileDisabled},
    {"compose-lint", "CL-0010", kHostNamespace},
    {"compose-lint", "CL-0011", kStrongCapability},
    {"compose-lint", "CL-0012", kPidsLimitMissing},
    {"compose-lint", "CL-0013", kSensitiveHostPath},
    {"compose-lint", "CL-0014", kLoggingDisabled},
    {"compose-lint", "CL-0015", kHealthcheckMissing},
    {"compose-lint", "CL-0016", kDangerousDevice},
    {"compose-lint", "CL-0017", kSharedMountPropagation},
    {"compose-lint", "CL-0018", kRootUser},
    {"compose-lint", "CL-0019", kImageWithoutDigest},
    {"compose-lint", "CL-0020", kLiteralSecret},
    {"compose-lint", "CL-0021", kCredentialInUrl},
    {"compose-lint", "CL-0022", kTmpfsAllowsExec},
    {"compose-lint", "CL-0023", kForwardingSysctl},
    {"compose-lint", "CL-0024", kStrongCapability},
    {"compose-lint", "CL-0025", kWritableRootEquivalentPath},
    {"compose-lint", "CL-0026", kMemoryLimitMissingAndMore},
    {"compose-lint", "CL-0027", kStrongCapability},
    {"compose-lint", "CL-0028", kStrongCapability},
    {"compose-lint", "CL-0029", kStrongCapability},
    {"compose-lint", "CL-0030", kStrongCapability},
    {"KICS", "Cgroup Not Default", kCustomCgroupParent},
    {"KICS", "Container Capabilities Unrestricted", kCapabilitiesNotDroppedAndMore},
    {"KICS", "Container Traffic Not Bound To Host Interface", kPortOnAllInterfacesAndMore},
    {"KICS", "Cpus Not Limited", kCpuLimitMissing},
    {"KICS", "Docker Socket Mounted In Container", kControlSocketMounted},
    {"KICS", "Healthcheck Not Set", kHealthcheckMissing},
    {"KICS", "Host Namespace is Shared", kHostNamespace},
    {"KICS", "Memory Not Limited", kMemoryLimitMissing},
    {"KICS", "Networks Not Set", kUnsegmentedNetwork},
    {"KICS", "No New Privileges Not Set", kNewPrivilegesAllowed},
    {"KICS", "Pids Limit Not Set", kPidsLimitMissing},
    {"KICS", "Privileged Containers Enabled", kPrivilegedService},
    {"KICS", "Privileged Ports Mapped In Container", kPrivilegedPort},
    {"KICS", "Restart Policy On Failure Not Set To 5", kRestartPolicyMissing},
    {"KICS", "Seccomp Profile Disabled", kSecurityProfileDisabled},
    {"KICS", "Security Opt Not Set", kSecurityProfileDisabledAndMore},
    {"KICS", "Shared Host IPC Namespace", kHostNamespace},
    {"KICS", "Shared Host Network Namespace", kHostNetwork},
    {"KICS", "Shared Host User Namespace", kHostNamespace},
    {"KICS", "Shared Volumes Between Containers", kSharedMountPropagation,
     "two services with one volume are how they exchange files; what is reported is shared "
     "propagation"},
    {"KICS", "Volume Has Sensitive Host Directory", kSensitiveHostPathAndMore},
    {"KICS", "Volume Mounted In Multiple Containers", kSharedMountPropagation},
};

}  // namespace

std::span<const PeerRule> peer_rules() {
  return kRules;
}

const PeerRule* find_peer_rule(std::string_view tool, std::string_view name) {
  const auto found = std::find_if(std::begin(kRules), std::end(kRules), [&](const PeerRule& rule) {
    return rule.tool == tool && rule.name == name;
  });
  return found == std::end(kRules) ? nullptr : &*found;
}

}  // namespace composelint::knowledge
