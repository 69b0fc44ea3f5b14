import { parsed, unusable } from '../diagnosis/fact.ts'
import { properties, sections } from './lines.ts'
import { installedUnitsScript } from './nginx-found-script.ts'
import { defineProbe } from './probe.ts'
import { readUnit, type Unit, unitProperties } from './unit-state.ts'
import { readTelling } from './unit-telling.ts'
import { readSettings, readWork } from './unit-work.ts'

/** A unit of nginx or one of its forks, with what it may do when it starts. null: not asked, in captures from before. */
export interface NginxUnit extends Unit {
  /** User=; empty is root. */
  readonly account: string | null
  /** AmbientCapabilities= and CapabilityBoundingSet=, lower case: "cap_net_bind_service". */
  readonly ambient: readonly string[] | null
  readonly bounding: readonly string[] | null
  /** Settings that give it other files, or other rights to them, than we have: "ProtectSystem=strict" (systemd.exec(5), Sandboxing). */
  readonly sandbox: readonly string[] | null
}

/** Properties of a unit's own view of the files; PrivateTmp and the like that no path of nginx is in are left out. */
const sandboxKeys = [
  'RootDirectory',
  'RootImage',
  'ProtectSystem',
  'ProtectHome',
  'ReadOnlyPaths',
  'InaccessiblePaths',
  'TemporaryFileSystem',
] as const

export interface NginxUnits {
  readonly units: readonly NginxUnit[]
  /** net.ipv4.ip_unprivileged_port_start: from here up everybody may bind; null where it was not asked. */
  readonly lowestFreePort: number | null
}

/**
 * The units that start nginx, by their ExecStart, their state and last journal lines.
 *
 * Sample (systemd 252):
 *     @lowest 1024
 *     @unit nginx.service
 *     Id=nginx.service
 *     ActiveState=active
 *     User=
 *     @journal
 *     2026-11-21T03:00:01+0100 web-1 systemd[1]: Started nginx.service - A high performance web server.
 */
export const nginxUnit = defineProbe({
  id: 'nginx-unit',
  command: 'systemctl show nginx; journalctl -u nginx -n 40',
  seconds: 5,
  cap: 65_536,
  script: `
[ -d /run/systemd/system ] || { echo 'no systemd on this host' >&2; exit 3; }
${installedUnitsScript}
echo "@lowest $(cat /proc/sys/net/ipv4/ip_unprivileged_port_start 2>/dev/null)"
for u in $(installed_units); do
  state=$(systemctl show -p ${unitProperties},User,AmbientCapabilities,CapabilityBoundingSet,${sandboxKeys.join(',')} "$u") || continue
  case $state in *LoadState=not-found*) continue ;; esac
  printf '@unit %s\\n%s\\n@journal\\n' "$u" "$state"
  journalctl -q -u "$u" -n 40 -o short-iso --no-pager 2>/dev/null | cut -c1-600
done`,
  parse(capture) {
    if (capture.exitCode === 3) return unusable('no systemd on this host')
    const parts = sections(capture.stdout, ['lowest', 'unit', 'journal'])
    // What a cut answer says of its last unit is not whole; with none left nobody knows whether there is one.
    const units = nginxUnitsOf(parts).slice(0, capture.truncated ? -1 : undefined)
    if (capture.truncated && units.length === 0) return unusable('the answer was cut')
    if (parts.length === 0) return unusable('systemctl did not answer')
    const lowest = parts.find((part) => part.name === 'lowest')?.rest ?? ''
    return parsed<NginxUnits>({ units, lowestFreePort: /^\d+$/.test(lowest) ? Number(lowest) : null })
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

function nginxUnitsOf(parts: ReturnType<typeof sections>): NginxUnit[] {
  const bodies = parts.filter((part) => part.name === 'unit').map((part) => properties(part.body))
  return unitsOf(parts).map((unit) => {
    const said = bodies.find((body) => body.get('Id') === unit.id)
    const words = (key: string): readonly string[] | null =>
      said?.get(key)?.toLowerCase().split(' ').filter(Boolean) ?? null
    return {
      ...unit,
      account: said?.get('User') ?? null,
      ambient: words('AmbientCapabilities'),
      bounding: words('CapabilityBoundingSet'),
      sandbox:
        said?.has('ProtectSystem') === true ? sandboxKeys.flatMap((key) => setting(key, said.get(key) ?? '')) : null,
    }
  })
}

function setting(key: string, value: string): readonly string[] {
  return value === '' || value === 'no' ? [] : [`${key}=${value}`]
}
