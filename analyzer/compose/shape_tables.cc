#include "analyzer/compose/shape.h"

namespace composelint::compose {

namespace {

using enum Form;

constexpr Field kHookFields[] = {
    {"command", kCommand, nullptr, kNullInJson},
    {"user"},
    {"privileged", kBool},
    {"working_dir"},
    {"environment", kEnvironment},
};
constexpr Shape kHook{kHookFields};

constexpr Field kFileMountFields[] = {
    {"source"}, {"target"}, {"uid"}, {"gid"}, {"mode", kFileMode, nullptr, kKeepZero},
};
constexpr Shape kFileMount{kFileMountFields};

constexpr Field kBuildFields[] = {
    {"context"},
    {"dockerfile"},
    {"dockerfile_inline"},
    {"entitlements", kStrings},
    {"args", kEnvironment},
    {"provenance"},
    {"sbom"},
    {"ssh", kSsh},
    {"labels", kLabels},
    {"cache_from", kStringOrList},
    {"cache_to", kStringOrList},
    {"no_cache", kBool},
    {"additional_contexts", kMapping},
    {"pull", kBool},
    {"extra_hosts", kHosts},
    {"isolation"},
    {"network"},
    {"target"},
    {"secrets", kStructList, &kFileMount},
    {"shm_size", kBytes},
    {"tags", kStringOrList},
    {"ulimits", kUlimits},
    {"platforms", kStringOrList},
    {"privileged", kBool},
};
constexpr Shape kBuild{kBuildFields};

constexpr Field kTriggerFields[] = {
    {"path", kString, nullptr, kAlways},
    {"action", kString, nullptr, kAlways},
    {"target"},
    {"exec", kInlineStruct, &kHook},
    {"include", kStrings},
    {"ignore", kStrings},
    {"initial_sync", kBool},
};
constexpr Shape kTrigger{kTriggerFields};
constexpr Field kDevelopFields[] = {{"watch", kStructList, &kTrigger}};
constexpr Shape kDevelop{kDevelopFields};

constexpr Field kWeightDeviceFields[] = {
    {"path", kString, nullptr, kAlways, "Path"},
    {"weight", kUint, nullptr, kAlways, "Weight"},
};
constexpr Shape kWeightDevice{kWeightDeviceFields};
constexpr Field kThrottleDeviceFields[] = {
    {"path", kString, nullptr, kAlways, "Path"},
    {"rate", kBytes, nullptr, kAlways, "Rate"},
};
constexpr Shape kThrottleDevice{kThrottleDeviceFields};
constexpr Field kBlkioFields[] = {
    {"weight", kUint},
    {"weight_device", kStructList, &kWeightDevice},
    {"device_read_bps", kStructList, &kThrottleDevice},
    {"device_read_iops", kStructList, &kThrottleDevice},
    {"device_write_bps", kStructList, &kThrottleDevice},
    {"device_write_iops", kStructList, &kThrottleDevice},
};
constexpr Shape kBlkio{kBlkioFields};

constexpr Field kCredentialSpecFields[] = {{"config"}, {"file"}, {"registry"}};
constexpr Shape kCredentialSpec{kCredentialSpecFields};

constexpr Field kDependencyFields[] = {
    {"condition"}, {"restart", kBool}, {"required", kBool, nullptr, kAlways}};
constexpr Shape kDependency{kDependencyFields};

constexpr Field kDeviceRequestFields[] = {
    {"capabilities", kStrings}, {"driver"}, {"count", kDeviceCount}, {"device_ids", kStrings},
    {"options", kMapping},
};
constexpr Shape kDeviceRequest{kDeviceRequestFields, false};

constexpr Field kDiscreteFields[] = {{"kind", kString, nullptr, kAlways},
                                     {"value", kInt, nullptr, kAlways}};
constexpr Shape kDiscrete{kDiscreteFields};
constexpr Field kGenericFields[] = {{"discrete_resource_spec", kStruct, &kDiscrete}};
constexpr Shape kGeneric{kGenericFields};
constexpr Field kResourceFields[] = {
    {"cpus", kCpus},
    {"memory", kBytes},
    {"pids", kInt},
    {"devices", kStructList, &kDeviceRequest},
    {"generic_resources", kStructList, &kGeneric},
};
constexpr Shape kResource{kResourceFields};
constexpr Field kResourcesFields[] = {{"limits", kStruct, &kResource},
                                      {"reservations", kStruct, &kResource}};
constexpr Shape kResources{kResourcesFields};
constexpr Field kUpdateFields[] = {
    {"parallelism", kUint, nullptr, kKeepZero},
    {"delay", kDuration},
    {"failure_action"},
    {"monitor", kDuration},
    {"max_failure_ratio", kSingle},
    {"order"},
};
constexpr Shape kUpdate{kUpdateFields};
constexpr Field kRestartFields[] = {
    {"condition"},
    {"delay", kDuration, nullptr, kKeepZero},
    {"max_attempts", kUint, nullptr, kKeepZero},
    {"window", kDuration, nullptr, kKeepZero},
};
constexpr Shape kRestart{kRestartFields};
constexpr Field kPreferenceFields[] = {{"spread"}};
constexpr Shape kPreference{kPreferenceFields};
constexpr Field kPlacementFields[] = {
    {"constraints", kStrings},
    {"preferences", kStructList, &kPreference},
    {"max_replicas_per_node", kUint},
};
constexpr Shape kPlacement{kPlacementFields};
constexpr Field kDeployFields[] = {
    {"mode"},
    {"replicas", kInt, nullptr, kKeepZero},
    {"labels", kLabels},
    {"update_config", kStruct, &kUpdate},
    {"rollback_config", kStruct, &kUpdate},
    {"resources", kInlineStruct, &kResources},
    {"restart_policy", kStruct, &kRestart},
    {"placement", kInlineStruct, &kPlacement},
    {"endpoint_mode"},
};
constexpr Shape kDeploy{kDeployFields};

constexpr Field kDeviceFields[] = {{"source"}, {"target"}, {"permissions"}};
constexpr Shape kDevice{kDeviceFields};
constexpr Field kProviderFields[] = {{"type"}, {"options", kMultiOptions}};
constexpr Shape kProvider{kProviderFields};
constexpr Field kEnvFileFields[] = {{"path"}, {"required", kBool, nullptr, kAlways}, {"format"}};
constexpr Shape kEnvFile{kEnvFileFields, false};
constexpr Field kExtendsFields[] = {{"file"}, {"service"}};
constexpr Shape kExtends{kExtendsFields, false};
constexpr Field kHealthFields[] = {
    {"test", kHealthTest},
    {"timeout", kDuration, nullptr, kKeepZero},
    {"interval", kDuration, nullptr, kKeepZero},
    {"retries", kUint, nullptr, kKeepZero},
    {"start_period", kDuration, nullptr, kKeepZero},
    {"start_interval", kDuration, nullptr, kKeepZero},
    {"disable", kBool},
};
constexpr Shape kHealth{kHealthFields};
constexpr Field kLoggingFields[] = {{"driver"}, {"options", kOptions}};
constexpr Shape kLogging{kLoggingFields};
constexpr Field kServiceModelFields[] = {{"endpoint_var"}, {"model_var"}};
constexpr Shape kServiceModel{kServiceModelFields};
constexpr Field kServiceNetworkFields[] = {
    {"aliases", kStrings},        {"driver_opts", kOptions}, {"gw_priority", kInt},
    {"interface_name"},           {"ipv4_address"},          {"ipv6_address"},
    {"link_local_ips", kStrings}, {"mac_address"},           {"priority", kInt},
};
constexpr Shape kServiceNetwork{kServiceNetworkFields};
constexpr Field kPortFields[] = {
    {"name"},      {"mode"},     {"host_ip"},      {"target", kUint},
    {"published"}, {"protocol"}, {"app_protocol"},
};
constexpr Shape kPort{kPortFields};

constexpr Field kBindFields[] = {
    {"selinux"}, {"propagation"}, {"create_host_path", kBool}, {"recursive"}};
constexpr Shape kBind{kBindFields};
constexpr Field kMountVolumeFields[] = {{"labels", kMapping}, {"nocopy", kBool}, {"subpath"}};
constexpr Shape kMountVolume{kMountVolumeFields};
constexpr Field kTmpfsFields[] = {{"size", kBytes}, {"mode", kUint}};
constexpr Shape kTmpfs{kTmpfsFields};
constexpr Field kMountImageFields[] = {{"subpath"}};
constexpr Shape kMountImage{kMountImageFields};
constexpr Field kMountFields[] = {
    {"type"},
    {"source"},
    {"target"},
    {"read_only", kBool},
    {"consistency"},
    {"bind", kStruct, &kBind},
    {"volume", kStruct, &kMountVolume},
    {"tmpfs", kStruct, &kTmpfs},
    {"image", kStruct, &kMountImage},
};
constexpr Shape kMount{kMountFields};

constexpr Field kServiceFields[] = {
    {"profiles", kStrings},
    {"annotations", kMapping},
    {"attach", kBool, nullptr, kKeepZero},
    {"build", kStruct, &kBuild},
    {"develop", kStruct, &kDevelop},
    {"blkio_config", kStruct, &kBlkio},
    {"cap_add", kStrings},
    {"cap_drop", kStrings},
    {"cgroup_parent"},
    {"cgroup"},
    {"cpu_count", kInt},
    {"cpu_percent", kSingle},
    {"cpu_period", kInt},
    {"cpu_quota", kInt},
    {"cpu_rt_period", kInt},
    {"cpu_rt_runtime", kInt},
    {"cpus", kSingle},
    {"cpuset"},
    {"cpu_shares", kInt},
    {"command", kCommand, nullptr, kNullInJson},
    {"configs", kStructList, &kFileMount},
    {"container_name"},
    {"credential_spec", kStruct, &kCredentialSpec},
    {"depends_on", kStructMap, &kDependency},
    {"deploy", kStruct, &kDeploy},
    {"device_cgroup_rules", kStrings},
    {"devices", kStructList, &kDevice},
    {"dns", kStringOrList},
    {"dns_opt", kStrings},
    {"dns_search", kStringOrList},
    {"dockerfile"},
    {"domainname"},
    {"entrypoint", kCommand, nullptr, kNullInJson},
    {"provider", kStruct, &kProvider},
    {"environment", kEnvironment},
    {"env_file", kEnvFiles, &kEnvFile},
    {"expose", kStringsOrNumbers},
    {"extends", kStruct, &kExtends},
    {"external_links", kStrings},
    {"extra_hosts", kHosts},
    {"group_add", kStrings},
    {"gpus", kStructList, &kDeviceRequest},
    {"hostname"},
    {"healthcheck", kStruct, &kHealth},
    {"image"},
    {"init", kBool, nullptr, kKeepZero},
    {"ipc"},
    {"isolation"},
    {"labels", kLabels},
    {"label_file", kStrings},
    {"links", kStrings},
    {"logging", kStruct, &kLogging},
    {"log_driver"},
    {"log_opt", kStringMap},
    {"mem_limit", kBytes},
    {"mem_reservation", kBytes},
    {"memswap_limit", kBytes},
    {"mem_swappiness", kBytes},
    {"mac_address"},
    {"models", kStructMap, &kServiceModel},
    {"net"},
    {"network_mode"},
    {"networks", kStructMap, &kServiceNetwork},
    {"oom_kill_disable", kBool},
    {"oom_score_adj", kInt},
    {"pid"},
    {"pids_limit", kInt},
    {"platform"},
    {"ports", kStructList, &kPort},
    {"privileged", kBool},
    {"pull_policy"},
    {"read_only", kBool},
    {"restart"},
    {"runtime"},
    {"scale", kInt, nullptr, kKeepZero},
    {"secrets", kStructList, &kFileMount},
    {"security_opt", kStrings},
    {"shm_size", kBytes},
    {"stdin_open", kBool},
    {"stop_grace_period", kDuration, nullptr, kKeepZero},
    {"stop_signal"},
    {"storage_opt", kStringMap},
    {"sysctls", kMapping},
    {"tmpfs", kStringOrList},
    {"tty", kBool},
    {"ulimits", kUlimits},
    {"use_api_socket", kBool},
    {"user"},
    {"userns_mode"},
    {"uts"},
    {"volume_driver"},
    {"volumes", kStructList, &kMount},
    {"volumes_from", kStrings},
    {"working_dir"},
    {"post_start", kStructList, &kHook},
    {"pre_stop", kStructList, &kHook},
};

constexpr Field kPoolFields[] = {
    {"subnet"}, {"gateway"}, {"ip_range"}, {"aux_addresses", kMapping}};
constexpr Shape kPool{kPoolFields, false};
constexpr Field kIpamFields[] = {{"driver"}, {"config", kStructList, &kPool}};
constexpr Shape kIpam{kIpamFields};
constexpr Field kNetworkFields[] = {
    {"name"},
    {"driver"},
    {"driver_opts", kOptions},
    {"ipam", kInlineStruct, &kIpam},
    {"external", kBool},
    {"internal", kBool},
    {"attachable", kBool},
    {"labels", kLabels},
    {"enable_ipv4", kBool, nullptr, kKeepZero},
    {"enable_ipv6", kBool, nullptr, kKeepZero},
};
constexpr Field kVolumeFields[] = {
    {"name"}, {"driver"}, {"driver_opts", kOptions}, {"external", kBool}, {"labels", kLabels},
};
// The content of a secret is never printed; that of a config only if it is written in the file.
constexpr Field kSecretFields[] = {
    {"name"},
    {"file"},
    {"environment"},
    {"external", kBool},
    {"labels", kLabels},
    {"driver"},
    {"driver_opts", kStringMap},
    {"template_driver"},
};
constexpr Field kConfigFields[] = {
    {"name"},
    {"file"},
    {"environment"},
    {"content"},
    {"external", kBool},
    {"labels", kLabels},
    {"driver"},
    {"driver_opts", kStringMap},
    {"template_driver"},
};
constexpr Field kModelFields[] = {
    {"name"}, {"model"}, {"context_size", kInt}, {"runtime_flags", kStrings}};

}  // namespace

const Shape kServiceShape{kServiceFields};
const Shape kNetworkShape{kNetworkFields};
const Shape kVolumeShape{kVolumeFields};
const Shape kSecretShape{kSecretFields};
const Shape kConfigShape{kConfigFields};
const Shape kModelShape{kModelFields};

}  // namespace composelint::compose
