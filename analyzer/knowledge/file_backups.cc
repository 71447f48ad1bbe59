#include "analyzer/knowledge/fact_table.h"
#include "analyzer/knowledge/programs.h"

namespace composelint::knowledge {
namespace {

using enum Effect;
using enum Role;

constexpr Fact kFacts[] = {
    {"restic", "backup", kDumps, "restic backup", "restic backup /srv/data", kFileBackup},
    {"borg", "... create", kDumps, "borg create", "borg create /repo::x /srv", kFileBackup},
    {"borgmatic", "create", kDumps, "borgmatic", "borgmatic create", kFileBackup},
    {"borgmatic", "$", kDumps, "borgmatic", "borgmatic --verbosity 1", kFileBackup},
    {"kopia", "snapshot|snap create", kDumps, "kopia snapshot", "kopia snapshot create /srv",
     kFileBackup},
    {"duplicity|duplicati-cli|rdiff-backup|rsnapshot|tarsnap|autorestic|duply|rustic|bupstash|"
     "proxmox-backup-client",
     "", kDumps, "file backup", "duplicity /srv file:///b", kFileBackup},
    {"tar|gtar|bsdtar", "-c|--create", kDumps, "tar", "tar -czf /b/x.tgz /data", kFileBackup},
    {"tar|gtar|bsdtar", "c*", kDumps, "tar", "tar czf /b/x.tgz /data", kFileBackup},
    {"tar|gtar|bsdtar", "-x|--extract|--get", kRestores, "tar extraction",
     "tar -xzf /b/x.tgz -C /data"},
    {"tar|gtar|bsdtar", "x*", kRestores, "tar extraction", "tar xzf /b/x.tgz"},
    {"zip|7z", "~backup|dump|data", kDumps, "archive", "zip -r backup.zip x", kFileBackup},
    {"rsync", "~backup|bkp|snapshot", kDumps, "rsync to a backup", "rsync -a data/ /mnt/backup/",
     kFileBackup},
    {"cp", "-a|-r|-R|--archive|--recursive ~backup|.bak|bkp|.orig", kDumps, "copy to a backup",
     "cp -a data data.bak", kFileBackup},
    {"cp", "~backup|bkp|.bak|snapshot", kDumps, "copy to a backup", "cp app.db /backups/app.db",
     kFileBackup},
    {"mv", "~backup|.bak", kAdministers, "move aside", "mv data data.bak"},
    {"rclone", "copy|sync|copyto|move", kExports, "rclone", "rclone copy /b remote:b", kFileBackup},
    {"aws", "s3 cp|sync|mv ~backup|dump|.sql|snapshot", kExports, "upload of a backup",
     "aws s3 cp dump.sql s3://b/", kFileBackup},
    {"gsutil|mc|s3cmd|gcloud|azcopy|b2",
     "... cp|put|mirror|sync|copy|rsync|upload ~backup|dump|.sql|snapshot", kExports,
     "upload of a backup", "gsutil cp x.sql gs://backup/", kFileBackup},
    {"zfs", "snapshot|snap|send", kDumps, "ZFS snapshot", "zfs snapshot tank/x@now", kFileBackup},
    {"zfs", "rollback|receive|recv", kRestores, "ZFS rollback", "zfs rollback tank/x@now"},
    {"zfs|zpool", "destroy", kDeletes, "ZFS destroy", "zfs destroy tank/x"},
    {"btrfs", "subvolume|sub|su snapshot", kDumps, "btrfs snapshot",
     "btrfs subvolume snapshot /a /b", kFileBackup},
    {"btrfs", "subvolume|sub|su delete", kDeletes, "btrfs delete", "btrfs subvolume delete /b"},
    {"lvcreate", "-s|--snapshot", kDumps, "LVM snapshot", "lvcreate -s -n x vg/y", kFileBackup},
    {"aws", "ec2 create-snapshot|create-snapshots", kDumps, "EBS snapshot",
     "aws ec2 create-snapshot --volume-id x", kFileBackup},
    {"hcloud|doctl|linode-cli", "... create-image|snapshot|create-backup", kDumps,
     "server snapshot", "hcloud server create-image x", kFileBackup},
    {"docker-volume-backup|volumerize|vackup", "backup|export", kDumps, "volume backup",
     "vackup export vol x.tgz", kFileBackup},
    {"docker|podman", "cp ^ ~backup|dump", kDumps, "docker cp to a backup",
     "docker cp db:/data ./backup", kFileBackup},
    {"docker|podman", "container cp ^ ~backup|dump", kDumps, "docker cp to a backup",
     "docker container cp db:/data ./backup", kFileBackup},
    {"docker|podman", "volume rm|remove|prune", kDeletes, "docker volume rm",
     "docker volume rm app_data"},
    {"docker|podman", "system prune --volumes", kDeletes, "docker system prune",
     "docker system prune -af --volumes"},
    {"docker|podman", "rm -v|--volumes", kDeletes, "docker rm -v", "docker rm -fv db"},
};

constexpr auto kKeys = index_programs<count_programs(kFacts)>(kFacts);

}  // namespace

FactTable file_backup_facts() {
  return {kFacts, kKeys};
}

}  // namespace composelint::knowledge
