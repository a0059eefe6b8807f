#!/bin/sh
# Installs ops-manager from its tarball, without root.
#
# Usage: install.sh [--prefix DIR] [--sums FILE | --sha256 SUM] TARBALL
#        install.sh --remove [--prefix DIR]
#
#   TARBALL        a file, or an address that begins with https:// or http://
#   --prefix DIR   where it goes: DIR/bin, DIR/share. Default: PREFIX, else ~/.local
#   --sums FILE    the list of checksums, a file or an address. Default: SHA256SUMS beside the tarball
#   --sha256 SUM   the checksum itself
#   --remove       removes what was installed into the prefix, and nothing else
set -euf
umask 022
name=ops-manager

fail() { echo "install.sh: $1" >&2; exit 1; }

prefix=${PREFIX:-} sums='' sum='' remove=no from=''
while [ $# -gt 0 ]; do
  case $1 in
    --prefix) [ $# -gt 1 ] || fail "--prefix needs a directory"; prefix=$2; shift 2 ;;
    --sums) [ $# -gt 1 ] || fail "--sums needs a file or an address"; sums=$2; shift 2 ;;
    --sha256) [ $# -gt 1 ] || fail "--sha256 needs a checksum"; sum=$2; shift 2 ;;
    --remove) remove=yes; shift ;;
    -h|--help) sed -n '2,/^set/s/^# \{0,1\}//p' "$0"; exit 0 ;;
    -*) fail "there is no option $1; see install.sh --help" ;;
    *) [ -z "$from" ] || fail "one tarball at a time: $from, $1"; from=$1; shift ;;
  esac
done
if [ -z "$prefix" ]; then
  [ -n "${HOME:-}" ] || fail "HOME is not set: name a directory with --prefix"
  prefix=$HOME/.local
fi
case $prefix in
  /*) ;;
  *) prefix=$PWD/$prefix ;;
esac
own=$prefix/share/$name
list=$own/installed-files

# Removes the files of the list that the file $1, if it is given, does not have; then the directories of ours that are empty.
remove_listed() {
  while IFS= read -r file; do
    case $file in
      /*|*..*|'') fail "$list is not a list of this script: $file" ;;
    esac
    if [ -z "${1:-}" ] || ! grep -qxF -- "$file" "$1"; then
      rm -f -- "$prefix/$file"
    fi
  done < "$list"
}

if [ "$remove" = yes ]; then
  [ -z "$from" ] || fail "--remove takes no tarball: $from"
  [ -f "$list" ] || fail "nothing to remove: $list does not exist. Name the prefix that it was installed into with --prefix"
  remove_listed
  rm -f -- "$list"
  for directory in "$own" "$prefix/share/doc/$name"; do
    [ ! -d "$directory" ] || find "$directory" -depth -type d -exec rmdir {} + 2>/dev/null || true
  done
  echo "Removed $name from $prefix. Settings in ~/.config/$name and state in ~/.local/state/$name are still there."
  exit 0
fi

[ -n "$from" ] || fail "name a tarball, a file or an address; see install.sh --help"
case $(uname -s) in
  Linux) ;;
  *) fail "$name runs on Linux only, and this host has $(uname -s). Run it in a Linux container, or on the host of your loops" ;;
esac
case $(uname -m) in
  x86_64) rid=linux-x64 ;;
  aarch64) rid=linux-arm64 ;;
  *) fail "there is no build for $(uname -m); there are builds for x86_64 and aarch64" ;;
esac
for program in tar gzip sha256sum; do
  command -v "$program" >/dev/null || fail "$program is missing: install it first"
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# $1 a file or an address, $2 where it goes
get() {
  case $1 in
    https://*|http://*)
      if command -v curl >/dev/null; then
        curl -fsSL --retry 2 -o "$2" "$1" || fail "$1 cannot be fetched"
      elif command -v wget >/dev/null; then
        wget -qO "$2" "$1" || fail "$1 cannot be fetched"
      else
        fail "neither curl nor wget is installed: fetch $1 yourself, and name the file"
      fi ;;
    *)
      [ -f "$1" ] || fail "$1 does not exist, or is not a file"
      [ -r "$1" ] || fail "$1 cannot be read"
      cp -- "$1" "$2" ;;
  esac
}

case $from in
  https://*|http://*) ;;
  *) [ -f "$from" ] || fail "$from does not exist, or is not a file" ;;
esac
file=${from##*/}
file=${file%%\?*}
case $file in
  "$name"-*-"$rid".tar.gz) ;;
  "$name"-*-linux-*.tar.gz) fail "$file is for another kind of host: this one needs $name-VERSION-$rid.tar.gz" ;;
  "$name"-*.tar.gz) ;;
  *) fail "$file is not named like a tarball of $name: $name-VERSION-$rid.tar.gz" ;;
esac
get "$from" "$work/$file"

# The checksum
if [ -z "$sum" ]; then
  if [ -z "$sums" ]; then
    case $from in
      */*) sums=${from%/*}/SHA256SUMS ;;
      *) sums=SHA256SUMS ;;
    esac
    case $sums in
      http*://*) ;;
      *) [ -f "$sums" ] || fail "there is no checksum: $sums does not exist. Name the list with --sums, or the checksum with --sha256" ;;
    esac
  fi
  get "$sums" "$work/sums"
  sum=$(awk -v file="$file" '{ name = $2; sub(/^\*/, "", name) } name == file { print $1; exit }' "$work/sums")
  [ -n "$sum" ] || fail "$sums has no checksum of $file"
fi
found=$(sha256sum < "$work/$file" | cut -d' ' -f1)
[ "$found" = "$(echo "$sum" | tr 'A-F' 'a-f')" ] ||
  fail "the checksum of $file is $found, and must be $sum: nothing was installed. Fetch it again"

# What is in it: one directory, and nothing that leads out of it
tar -tzf "$work/$file" > "$work/names" 2>/dev/null || fail "$file cannot be read as a tarball packed by gzip"
[ -s "$work/names" ] || fail "$file is empty"
top=$(head -1 "$work/names" | cut -d/ -f1)
if grep -qE '^/|(^|/)\.\.(/|$)' "$work/names" || cut -d/ -f1 "$work/names" | grep -vqxF -- "$top"; then
  fail "$file is not a tarball of $name: it has names outside of one directory"
fi
mkdir "$work/tree"
tar -xzf "$work/$file" -C "$work/tree" --no-same-owner 2>/dev/null || tar -xzf "$work/$file" -C "$work/tree" ||
  fail "$file cannot be unpacked"
tree=$work/tree/$top
[ -f "$tree/bin/$name" ] && [ -x "$tree/bin/$name" ] || fail "$file has no $top/bin/$name: it is not a tarball of $name"
[ -z "$(find "$tree" ! -type f ! -type d | head -1)" ] || fail "$file has links or devices: it is not a tarball of $name"
version=$("$tree/bin/$name" --version 2>"$work/why") ||
  fail "$name does not run on this host: $(head -1 "$work/why"). It needs glibc 2.34 or newer (Debian 12, Ubuntu 22.04, RHEL 9)"

# Into the prefix. The executable is replaced by a rename, so that one that runs goes on.
(cd "$tree" && find bin share -type f) | sort > "$work/files"
echo "share/$name/install.sh" >> "$work/files"
mkdir -p "$prefix" 2>/dev/null && [ -w "$prefix" ] || fail "$prefix cannot be written: name another directory with --prefix"
mkdir -p "$tree/share/$name"
cp -- "$tree/install.sh" "$tree/share/$name/install.sh" 2>/dev/null || cp -- "$0" "$tree/share/$name/install.sh"
chmod 755 "$tree/share/$name/install.sh"
while IFS= read -r one; do
  mkdir -p -- "$prefix/$(dirname "$one")" || fail "$prefix/$(dirname "$one") cannot be made"
  cp -- "$tree/$one" "$prefix/$one.new" || fail "$prefix/$one cannot be written"
  mv -f -- "$prefix/$one.new" "$prefix/$one"
done < "$work/files"
[ ! -f "$list" ] || remove_listed "$work/files"
cp -- "$work/files" "$list"

echo "Installed $name $version into $prefix:"
echo "  bin/$name"
echo "  share/man/man1/$name.1.gz"
echo "  completion for bash and fish, which find it; for zsh add this in front of compinit: fpath+=($prefix/share/zsh/site-functions)"
echo "  share/doc/$name: documents, themes, keymaps, sample runs"
case :${PATH:-}: in
  *:"$prefix/bin":*) ;;
  *) echo "$prefix/bin is not on PATH. Add it: export PATH=\"$prefix/bin:\$PATH\"" ;;
esac
if [ "$prefix" = "${HOME:-}/.local" ]; then
  echo "Remove it: sh $own/install.sh --remove"
else
  echo "Remove it: sh $own/install.sh --remove --prefix $prefix"
fi
