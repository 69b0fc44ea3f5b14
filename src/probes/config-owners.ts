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
# one question for all files: dpkg reads every list of files for each
owned=
command -v dpkg-query >/dev/null 2>&1 && owned=$(readlink -f "$@" 2>/dev/null | tr '\\n' '\\0' | xargs -0 -r dpkg-query -S 2>/dev/null)
package_of() { printf '%s\\n' "$owned" | while IFS= read -r line; do case $line in 'diversion by '*) ;; *": $1") echo "\${line%%:*}"; break ;; esac; done; }
for p in "$@"; do
  real=$(readlink -f "$p" 2>/dev/null); [ -n "$real" ] || continue
  printf '@file %s\\nreal %s\\naccount %s\\n' "$p" "$real" "$(stat -c %U "$real" 2>/dev/null)"
  d=\${real%/*}
  while [ -n "$d" ]; do
    # etckeeper keeps a history of /etc; nobody deploys from it
    if [ -e "$d/.git" ]; then [ -e "$d/.etckeeper" ] || echo "git $d"; break; fi
    d=\${d%/*}
  done
  awk -v p="$real/" '{ m = $2; if (m != "/") m = m "/"; if (index(p, m) == 1 && length(m) >= best) { best = length(m); o = $4 } } END { if (o ~ /^ro(,|$)/) print "read-only yes" }' /proc/self/mounts 2>/dev/null
  if command -v dpkg-query >/dev/null 2>&1; then
    k=$(package_of "$real")
    [ -n "$k" ] || continue
    sum=$(dpkg-query -W -f='\${Conffiles}\\n' "$k" 2>/dev/null | awk -v f="$real" '$1 == f { print $2; exit }')
    now=$(md5sum "$real" 2>/dev/null | cut -d' ' -f1)
    if [ -z "$sum" ] || [ -z "$now" ]; then echo "package $k"; elif [ "$sum" = "$now" ]; then echo "package $k untouched"; else echo "package $k changed"; fi
  elif command -v rpm >/dev/null 2>&1; then
    k=$(rpm -qf --qf '%{NAME}' "$real" 2>/dev/null) && echo "package $k"
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
