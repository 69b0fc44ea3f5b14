import { parsed } from '../diagnosis/fact.ts'
import { sections, type Section } from './lines.ts'
import { defineProbe } from './probe.ts'

/** What else has a say in a configuration file. */
export interface ConfigOwner {
  readonly path: string
  /** The file itself, behind symbolic links. */
  readonly real: string
  /** The account that owns it; null where that was not asked. */
  readonly account: string | null
  /** The folder that holds `.git`, when it is a work tree that the file belongs to. */
  readonly git: string | null
  readonly readOnly: boolean
  /** The package that brought it, and whether it is still as it came; `untouched` is null where that was not seen. */
  readonly package: { readonly name: string; readonly untouched: boolean | null } | null
}

/**
 * Who else writes the files of the configuration: links, git work trees, read-only file systems, packages. "$@" are paths.
 *
 * Sample (Debian 12):
 *     @file /etc/nginx/nginx.conf
 *     real /etc/nginx/nginx.conf
 *     account root
 *     git /etc/nginx
 *     package nginx-common untouched
 */
export const configOwners = defineProbe({
  id: 'config-owners',
  command: 'readlink -f; git rev-parse; dpkg -S',
  seconds: 4,
  cap: 65_536,
  script: `
nl='
'
case "$*" in *"$nl"*) plain= ;; *) plain=yes ;; esac
set -f; IFS=$nl
count() { count=$#; }
# each program is asked once for all files (dpkg reads every list of files for each question), for one at a time only where an answer is missing
real=$(readlink -f "$@" 2>/dev/null); count $real
if [ -z "$plain" ] || [ "$count" != $# ]; then
  real=; for p; do r=$(readlink -f "$p" 2>/dev/null); case $r in ''|*"$nl"*) r=- ;; esac; real="$real$r$nl"; done
fi
account=$(stat -c %U $real 2>/dev/null); count $account
[ "$count" = $# ] || account=$(for r in $real; do stat -c %U "$r" 2>/dev/null || echo -; done)
locked=$(REAL=$real awk '{ mount[NR] = $2; options[NR] = $4 } END {
  n = split(ENVIRON["REAL"], file, "\\n")
  for (i = 1; i <= n; i++) {
    best = 0; o = ""
    for (k = 1; k <= NR; k++) { m = mount[k]; if (m != "/") m = m "/"; if (index(file[i] "/", m) == 1 && length(m) >= best) { best = length(m); o = options[k] } }
    if (o ~ /^ro(,|$)/) print file[i]
  }
}' /proc/self/mounts 2>/dev/null)
package_of() { # sets package
  package=
  for line in $owned; do case $line in 'diversion by '*) ;; *": $1") package=\${line%%:*}; return ;; esac; done
}
dpkg=; owned=; conffiles=; sums=
if command -v dpkg-query >/dev/null 2>&1; then
  dpkg=yes; there=; for r in $real; do [ "$r" = - ] || there="$there$r$nl"; done
  [ -z "$there" ] || owned=$(dpkg-query -S $there 2>/dev/null)
  packages=; held=
  for r in $there; do
    package_of "$r"; [ -n "$package" ] || continue
    held="$held$r$nl"
    # one that several brought is of no package
    case $nl$packages in *"$nl$package$nl"*) ;; *) case $package in *,*) ;; *) packages="$packages$package$nl" ;; esac ;; esac
  done
  [ -z "$packages" ] || conffiles=$(dpkg-query -W -f='=\${Package}\\n\${Conffiles}\\n' $packages 2>/dev/null)
  [ -z "$packages" ] || sums=$(md5sum $held 2>/dev/null)
fi
for r in $real; do
  p=$1; shift
  owner=\${account%%"$nl"*}; account=\${account#*"$nl"}; [ "$owner" = - ] && owner=
  [ "$r" = - ] && continue
  printf '@file %s\\nreal %s\\naccount %s\\n' "$p" "$r" "$owner"
  d=\${r%/*}
  while [ -n "$d" ]; do
    # etckeeper keeps a history of /etc; nobody deploys from it
    if [ -e "$d/.git" ]; then [ -e "$d/.etckeeper" ] || echo "git $d"; break; fi
    d=\${d%/*}
  done
  case $nl$locked$nl in *"$nl$r$nl"*) echo 'read-only yes' ;; esac
  if [ -n "$dpkg" ]; then
    package_of "$r"; [ -n "$package" ] || continue
    of=; sum=; now=
    for line in $conffiles; do case $line in =*) of=\${line#=} ;; " $r "*) [ "$of" != "$package" ] || { sum=\${line#" $r "}; sum=\${sum%% *}; break; } ;; esac; done
    for line in $sums; do case $line in *"  $r") now=\${line%% *}; break ;; esac; done
    if [ -z "$sum" ] || [ -z "$now" ]; then echo "package $package"; elif [ "$sum" = "$now" ]; then echo "package $package untouched"; else echo "package $package changed"; fi
  elif command -v rpm >/dev/null 2>&1; then
    k=$(rpm -qf --qf '%{NAME}' "$r" 2>/dev/null) && echo "package $k"
  fi
done
true`,
  parse(capture) {
    const parts = sections(capture.stdout, ['file']).slice(0, capture.truncated ? -1 : undefined)
    return parsed<{ readonly files: readonly ConfigOwner[] }>({ files: parts.flatMap(readOwner) })
  },
})

function readOwner(part: Section): ConfigOwner[] {
  const said = (word: string): string | null =>
    part.body.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1) ?? null
  const real = said('real')
  if (real === null) return []
  const [name, state] = (said('package') ?? '').split(' ')
  return [
    {
      path: part.rest,
      real,
      account: /^[a-z_][a-z0-9_.-]{0,31}$/i.exec(said('account') ?? '')?.[0] ?? null,
      git: said('git'),
      readOnly: said('read-only') === 'yes',
      package: name ? { name, untouched: state === undefined ? null : state === 'untouched' } : null,
    },
  ]
}
