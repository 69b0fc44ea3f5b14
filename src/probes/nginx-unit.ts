import { parsed, unusable } from '../diagnosis/fact.ts'
import { sections } from './lines.ts'
import { defineProbe } from './probe.ts'
import { readUnit, type Unit, unitProperties } from './unit-state.ts'
import { readTelling } from './unit-telling.ts'
import { readSettings, readWork } from './unit-work.ts'

/** The units that packages of nginx and its forks install. */
const names = 'nginx.service openresty.service angie.service freenginx.service tengine.service'

/**
 * The state of nginx's unit and its last journal lines.
 *
 * Sample (systemd 252):
 *     @unit nginx.service
 *     Id=nginx.service
 *     ActiveState=active
 *     @journal
 *     2026-11-21T03:00:01+0100 web-1 systemd[1]: Started nginx.service - A high performance web server.
 */
export const nginxUnit = defineProbe({
  id: 'nginx-unit',
  command: 'systemctl show nginx; journalctl -u nginx -n 20',
  seconds: 5,
  cap: 32_768,
  script: `
[ -d /run/systemd/system ] || { echo 'no systemd on this host' >&2; exit 3; }
for u in ${names}; do
  state=$(systemctl show -p ${unitProperties} "$u") || continue
  case $state in *LoadState=not-found*) continue ;; esac
  printf '@unit %s\\n%s\\n@journal\\n' "$u" "$state"
  journalctl -q -u "$u" -n 20 -o short-iso --no-pager 2>/dev/null | cut -c1-400
done`,
  parse(capture) {
    if (capture.exitCode === 3) return unusable('no systemd on this host')
    const parts = sections(capture.stdout, ['unit', 'journal'])
    return parsed<{ readonly units: readonly Unit[] }>({ units: unitsOf(parts) })
  },
})

/**
 * Reads `@unit NAME` / properties / `@journal` / lines, in that order, any number of times; and what other probes put behind
 * them up to the next unit: `@telling`, `@work`, `@settings`.
 */
export function unitsOf(parts: ReturnType<typeof sections>): Unit[] {
  return parts.flatMap((part, index) => {
    if (part.name !== 'unit') return []
    const rest = parts.slice(index + 1)
    const next = rest.findIndex((each) => each.name === 'unit')
    const own = next < 0 ? rest : rest.slice(0, next)
    const unit = readUnit(part.body, {
      journal: own.find((each) => each.name === 'journal')?.body ?? [],
      telling: readTelling(own.filter((each) => each.name === 'telling')),
      work: readWork(own.find((each) => each.name === 'work')),
      settings: readSettings(own.find((each) => each.name === 'settings')),
    })
    return unit ? [unit] : []
  })
}
