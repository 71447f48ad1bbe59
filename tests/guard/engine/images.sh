# Sourced: the PostgreSQL image of the tests of guard, made of Debian's packages and nothing else.
#
# postgres_image   its name, with a tag that changes with its recipe
# make_postgres    makes it unless the engine has it; a quarter of a minute, and needs no root
#
# Wants DOCKER, COMPOSELINT_ENGINE_DIR and `images_here`, the directory of this file.
: "${images_here:?}"
postgres_image=composelint-test/postgres:$(cat "$images_here/images.sh" "$images_here"/image/* |
  cksum | cut -d ' ' -f 1)

# Tools of packages that only maintainers' scripts need, and the compiler of JIT plans.
unneeded='^(libllvm|perl|libperl|lib.*-perl$|postgresql.*-common$|debconf|ssl-cert|openssl|adduser|passwd|ucf|sensible-utils|dpkg|tar|lsb-base|sysvinit-utils|netbase|locales|libc-bin|libc-l10n|logrotate|init-system-helpers|procps|gcc-|libdb|libgdbm)'

# All that PostgreSQL needs as if nothing was installed here, from the lists this machine has; from
# fresh ones where those are missing or old.
apt_of_nothing() {
  apt-get -qq -o "APT::Sandbox::User=$(id -un)" -o Dir::State::status=/dev/null \
    -o Dir::Cache="$tree.cache" -o Debug::NoLocking=1 -o Acquire::Languages=none "$@"
}
download_packages() {
  names=$(apt_of_nothing "$@" -s --no-install-recommends install postgresql-15 busybox-static \
    util-linux tzdata | awk '$1 == "Inst" { print $2 }' | grep -Ev "$unneeded") || return 1
  [ -n "$names" ] || return 1
  (cd "$tree.debs" && apt_of_nothing "$@" download $names >/dev/null)
}
fetch_packages() {
  mkdir -p "$tree.debs" "$tree.cache/archives/partial" || return 1
  download_packages 2>/dev/null && return 0
  mkdir -p "$tree.lists/partial"
  apt_of_nothing -o Dir::State::lists="$tree.lists" update &&
    download_packages -o Dir::State::lists="$tree.lists"
}

fill_tree() {
  mkdir -p "$tree/usr/bin" "$tree/usr/sbin" "$tree/usr/lib" "$tree/usr/lib64" "$tree/etc" \
    "$tree/tmp" "$tree/root" "$tree/run" "$tree/proc" "$tree/sys" "$tree/dev" "$tree/migrations" \
    "$tree/var/lib/postgresql" || return 1
  for each in bin sbin lib lib64; do ln -s "usr/$each" "$tree/$each"; done
  for package in "$tree.debs"/*.deb; do
    dpkg-deb --fsys-tarfile "$package" |
      tar --keep-directory-symlink --no-same-owner -C "$tree" -x -f - \
        --exclude='./usr/share/doc' --exclude='./usr/share/man' --exclude='./usr/share/locale' \
        --exclude='./usr/lib/*/perl*' --exclude='./usr/lib/postgresql/*/lib/bitcode' || return 1
  done
  # What no package has brought as a program of its own.
  for applet in $(busybox --list); do
    [ -e "$tree/bin/$applet" ] || [ -e "$tree/sbin/$applet" ] || ln -s busybox "$tree/bin/$applet"
  done
  chmod 1777 "$tree/tmp"
  printf '%s\n' 'root:x:0:0:root:/root:/bin/sh' 'postgres:x:70:70::/var/lib/postgresql:/bin/sh' \
    >"$tree/etc/passwd"
  printf '%s\n' 'root:x:0:' 'postgres:x:70:' >"$tree/etc/group"
  install -m 755 "$images_here"/image/* "$tree/usr/bin/"
}

make_postgres() {
  "$DOCKER" image inspect "$postgres_image" >/dev/null 2>&1 && return 0
  command -v apt-get >/dev/null 2>&1 || return 1
  mkdir -p "$COMPOSELINT_ENGINE_DIR" || return 1
  scratch=$(mktemp -d "$COMPOSELINT_ENGINE_DIR/image-XXXXXX") || return 1
  tree=$scratch/tree
  fetch_packages && fill_tree &&
    tar -C "$tree" --owner=0 --group=0 --numeric-owner -c . |
    "$DOCKER" import \
      --change 'ENV PATH=/usr/lib/postgresql/15/bin:/usr/bin:/usr/sbin' \
      --change 'ENV PGDATA=/var/lib/postgresql/data' \
      --change 'VOLUME /var/lib/postgresql/data' --change 'EXPOSE 5432' \
      --change 'ENTRYPOINT ["docker-entrypoint.sh"]' --change 'CMD ["postgres"]' \
      - "$postgres_image" >/dev/null
  rm -rf "$scratch"
  "$DOCKER" image inspect "$postgres_image" >/dev/null 2>&1
}
