// Our rules under the names that the tables of peer_rules.h share.
#pragma once

#include <string_view>

namespace composelint::knowledge::slugs {

inline constexpr std::string_view kCapabilitiesNotDropped[] = {"capabilities-not-dropped"};
inline constexpr std::string_view kCapabilitiesNotDroppedAndMore[] = {"capabilities-not-dropped",
                                                                      "strong-capability"};
inline constexpr std::string_view kContainerNameWithReplicas[] = {"container-name-with-replicas"};
inline constexpr std::string_view kControlSocketMounted[] = {"control-socket-mounted"};
inline constexpr std::string_view kCpuLimitMissing[] = {"cpu-limit-missing"};
inline constexpr std::string_view kCredentialInUrl[] = {"credential-in-url"};
inline constexpr std::string_view kCustomCgroupParent[] = {"custom-cgroup-parent"};
inline constexpr std::string_view kDangerousDevice[] = {"dangerous-device"};
inline constexpr std::string_view kDependenciesOrder[] = {"dependencies-order"};
inline constexpr std::string_view kDependencyCycle[] = {"dependency-cycle"};
inline constexpr std::string_view kDependencyInInactiveProfile[] = {
    "dependency-in-inactive-profile"};
inline constexpr std::string_view kDependsOnWithoutConditionAndMore[] = {
    "depends-on-without-condition", "short-depends-on-database"};
inline constexpr std::string_view kDuplicateContainerName[] = {"duplicate-container-name"};
inline constexpr std::string_view kDuplicateKeyAndMore[] = {"duplicate-key", "duplicate-merge-key"};
inline constexpr std::string_view kEnvFileMissing[] = {"env-file-missing"};
inline constexpr std::string_view kEnvFileWithSecrets[] = {"env-file-with-secrets"};
inline constexpr std::string_view kFloatingImageTag[] = {"floating-image-tag"};
inline constexpr std::string_view kForwardingSysctl[] = {"forwarding-sysctl"};
inline constexpr std::string_view kHealthcheckMissing[] = {"healthcheck-missing"};
inline constexpr std::string_view kHealthcheckMissingAndMore[] = {"healthcheck-missing",
                                                                  "healthcheck-that-lies"};
inline constexpr std::string_view kHostNamespace[] = {"host-namespace"};
inline constexpr std::string_view kHostNetwork[] = {"host-network"};
inline constexpr std::string_view kImageWithoutDigest[] = {"image-without-digest"};
inline constexpr std::string_view kInvalidContainerName[] = {"invalid-container-name"};
inline constexpr std::string_view kKeysOrder[] = {"keys-order"};
inline constexpr std::string_view kLiteralSecret[] = {"literal-secret"};
inline constexpr std::string_view kLoggingDisabled[] = {"logging-disabled"};
inline constexpr std::string_view kMemoryLimitMissing[] = {"memory-limit-missing"};
inline constexpr std::string_view kMemoryLimitMissingAndMore[] = {"memory-limit-missing",
                                                                  "cpu-limit-missing"};
inline constexpr std::string_view kNewPrivilegesAllowed[] = {"new-privileges-allowed"};
inline constexpr std::string_view kObsoleteVersion[] = {"obsolete-version"};
inline constexpr std::string_view kPidsLimitMissing[] = {"pids-limit-missing"};
inline constexpr std::string_view kPortClash[] = {"port-clash"};
inline constexpr std::string_view kPortOnAllInterfacesAndMore[] = {
    "port-on-all-interfaces", "database-published-on-all-interfaces"};
inline constexpr std::string_view kPortsOrder[] = {"ports-order"};
inline constexpr std::string_view kPrivilegedPort[] = {"privileged-port"};
inline constexpr std::string_view kPrivilegedService[] = {"privileged-service"};
inline constexpr std::string_view kProjectNameMissing[] = {"project-name-missing"};
inline constexpr std::string_view kQuotedVolume[] = {"quoted-volume"};
inline constexpr std::string_view kRequiredVariableMissing[] = {"required-variable-missing"};
inline constexpr std::string_view kRestartPolicyMissing[] = {"restart-policy-missing"};
inline constexpr std::string_view kRestartPolicyMissingAndMore[] = {"restart-policy-missing",
                                                                    "task-service-restarts"};
inline constexpr std::string_view kRootUser[] = {"root-user"};
inline constexpr std::string_view kSchemaViolation[] = {"schema-violation"};
inline constexpr std::string_view kSecurityProfileDisabled[] = {"security-profile-disabled"};
inline constexpr std::string_view kSecurityProfileDisabledAndMore[] = {"security-profile-disabled",
                                                                       "new-privileges-allowed"};
inline constexpr std::string_view kSensitiveHostPath[] = {"sensitive-host-path"};
inline constexpr std::string_view kSensitiveHostPathAndMore[] = {"sensitive-host-path",
                                                                 "writable-root-equivalent-path"};
inline constexpr std::string_view kServicesOrder[] = {"services-order"};
inline constexpr std::string_view kServicesOrderAndMore[] = {
    "services-order", "keys-order", "top-level-order", "ports-order", "dependencies-order"};
inline constexpr std::string_view kSharedMountPropagation[] = {"shared-mount-propagation"};
inline constexpr std::string_view kStrongCapability[] = {"strong-capability"};
inline constexpr std::string_view kTmpfsAllowsExec[] = {"tmpfs-allows-exec"};
inline constexpr std::string_view kTopLevelOrder[] = {"top-level-order"};
inline constexpr std::string_view kUndefinedReference[] = {"undefined-reference"};
inline constexpr std::string_view kUnquotedPort[] = {"unquoted-port"};
inline constexpr std::string_view kUnquotedPortAndMore[] = {"unquoted-port", "surprising-scalar"};
inline constexpr std::string_view kUnsegmentedNetwork[] = {"unsegmented-network"};
inline constexpr std::string_view kUnsetVariableAndMore[] = {"unset-variable", "stray-dollar"};
inline constexpr std::string_view kUnusedSuppressionAndMore[] = {"unused-suppression",
                                                                 "unknown-rule"};
inline constexpr std::string_view kWritableRootEquivalentPath[] = {"writable-root-equivalent-path"};
inline constexpr std::string_view kWritableRootFilesystem[] = {"writable-root-filesystem"};

}  // namespace composelint::knowledge::slugs
