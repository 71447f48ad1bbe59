#include "analyzer/knowledge/peer_rules.h"

#include <algorithm>

#include "analyzer/knowledge/peer_slugs.h"

namespace composelint::knowledge {

namespace {

using namespace slugs;

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
