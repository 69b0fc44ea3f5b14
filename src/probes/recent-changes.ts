import { parsed } from '../diagnosis/fact.ts'
import { sections } from './lines.ts'
import { defineProbe } from './probe.ts'

/** Something that changed on the host. `at` is in seconds since the epoch. */
export interface Change {
  readonly kind: 'package' | 'unit-file' | 'deploy'
  readonly at: number
  /** "upgrade php8.2-fpm 8.2.7-1 -> 8.2.29-1", "/etc/systemd/system/shop.service", "/srv/shop/current". */
  readonly what: string
}

/** How far back changes are told, in hours. */
export const changeHours = 48

/** Most entries of each kind. */
const most = 40

/**
 * What changed of late: packages (logs of dpkg and dnf), unit files, and files of applications in the usual places. Times of files are
 * those of their inode (ctime), which a deploy that keeps old modification times does not hide.
 *
 * Sample (Debian 12):
 *     @packages +0000
 *     2026-11-21 02:51:03 upgrade php8.2-fpm:amd64 8.2.26-1 8.2.29-1
 *     @units
 *     1795230000 /etc/systemd/system/shop.service.d/limits.conf
 *     @deploys
 *     1795229988 /srv/shop/app.py
 */
export const recentChanges = defineProbe({
  id: 'recent-changes',
  command: `dpkg and dnf logs; find unit files and applications changed within ${changeHours} h`,
  seconds: 4,
  cap: 32_768,
  script: `
echo "@packages $(date +%z)"
for f in /var/log/dpkg.log.1 /var/log/dpkg.log; do
  [ -r "$f" ] && tail -c 262144 "$f" | grep -aE '^[0-9-]+ [0-9:]+ (install|upgrade|remove|purge) '
done | tail -n ${most}
for f in /var/log/dnf.rpm.log; do
  [ -r "$f" ] && tail -c 262144 "$f" | sed -nE 's/^([0-9-]+)T([0-9:]+)[^ ]* [A-Z]+ (Installed|Upgrade|Upgraded|Erase|Erased): (.*)/\\1 \\2 \\3 \\4/p'
done | tail -n ${most}
changed() { # newest first, as "ctime path"
  timeout 2 find "$@" -cmin -${changeHours * 60} -print0 2>/dev/null | head -c 200000 | xargs -0 -r stat -c '%Z %n' 2>/dev/null | sort -rn | head -n ${most}
}
echo @units
changed /etc/systemd/system /etc/php /etc/default -maxdepth 4 -type f
echo @deploys
changed /srv /opt /var/www -maxdepth 3 -xdev ! -name '*.log' ! -name '*.pid' ! -name '*.sock' ! -path '*/log/*' ! -path '*/logs/*' ! -path '*/tmp/*' ! -path '*/cache/*' ! -path '*/__pycache__*'
true`,
  parse(capture) {
    const parts = sections(capture.stdout, ['packages', 'units', 'deploys'])
    return parsed<{ readonly changes: readonly Change[] }>({
      changes: parts.flatMap((part) => {
        if (part.name === 'packages') return part.body.flatMap((line) => readPackage(line, part.rest))
        return part.body.flatMap((line) => readFile(line, part.name === 'units' ? 'unit-file' : 'deploy'))
      }),
    })
  },
})

/** "2026-11-21 02:51:03 upgrade php8.2-fpm:amd64 8.2.26-1 8.2.29-1" (dpkg.log) or "... Upgraded nginx-1:1.22.1-4.el9.x86_64" (dnf.rpm.log). */
function readPackage(line: string, zone: string): Change[] {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (\w+) (\S+)(?: (\S+) (\S+))?/.exec(line)
  const offset = /^([+-]\d\d)(\d\d)$/.exec(zone)
  if (!match || !offset) return []
  const [, day = '', time = '', verb = '', name = '', from, to] = match
  const at = Date.parse(`${day}T${time}${offset[1] ?? ''}:${offset[2] ?? ''}`) / 1000
  const versions = [from, to].filter((version) => version !== undefined && version !== '<none>').join(' -> ')
  const what = [verb.toLowerCase(), name.replace(/:\w+$/, ''), versions].filter(Boolean).join(' ')
  return Number.isNaN(at) ? [] : [{ kind: 'package', at, what }]
}

function readFile(line: string, kind: Change['kind']): Change[] {
  const match = /^(\d+) (\/.*)$/.exec(line)
  return match ? [{ kind, at: Number(match[1]), what: match[2] ?? '' }] : []
}
