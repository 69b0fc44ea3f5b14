import { parsed, unusable } from '../diagnosis/fact.ts'
import { sections } from './lines.ts'
import { unitsOf } from './nginx-unit.ts'
import { defineProbe } from './probe.ts'
import { unitLogsScript } from './unit-logs-script.ts'
import { type Unit, unitProperties } from './unit-state.ts'
import { unitTiesScript } from './unit-ties-script.ts'

/**
 * What ties a unit to an address: `process` (it owns the listener), `exec` (its unit file or a file that names),
 * `pool` (a php-fpm pool), `socket` (its socket unit) or `journal` (its own log named the address).
 */
const tieKinds = ['process', 'exec', 'pool', 'socket', 'journal'] as const
export type TieKind = (typeof tieKinds)[number]

export interface Tie {
  /** "tcp:127.0.0.1:8080", "unix:/run/app.sock" or "pid:123", as asked. */
  readonly endpoint: string
  readonly unit: string
  readonly kind: TieKind
  /** The line that shows it. */
  readonly text: string
}

export interface BackendUnits {
  readonly ties: readonly Tie[]
  readonly units: readonly Unit[]
  /** State letters of the processes in each unit's cgroup: "SST" for two sleeping, one stopped (proc(5)). */
  readonly processStates: ReadonlyMap<string, string>
}

/**
 * The units behind addresses and processes. "$@" are endpoints: tcp:ADDRESS:PORT, unix:PATH, pid:N.
 *
 * Sample (systemd 252):
 *     @tie tcp:127.0.0.1:8080 checkout-api.service exec /etc/systemd/system/checkout-api.service: ExecStart=/usr/bin/python3 /srv/checkout/app.py --port 8080
 *     @unit checkout-api.service
 *     Id=checkout-api.service
 *     ActiveState=inactive
 *     @journal
 *     2026-11-21T03:04:01+0100 web-1 systemd[1]: Stopped checkout-api.service - Checkout API.
 *     @states checkout-api.service SS
 */
export const backendUnits = defineProbe({
  id: 'backend-units',
  command: 'grep the address in unit files, pools and journals; systemctl show; journalctl -u',
  seconds: 7,
  cap: 262_144,
  script: `
[ -d /run/systemd/system ] || { echo 'no systemd on this host' >&2; exit 3; }
${unitTiesScript}
${unitLogsScript}
ties=$(all_ties "$@" | awk '!s[$0]++' | head -n 60)
[ -n "$ties" ] && printf '%s\\n' "$ties" | sed 's/^/@tie /'
printf '%s\\n' "$ties" | awk '{ print $2 }' | sort -u | head -n 16 | while read -r u; do
  [ -n "$u" ] || continue
  printf '@unit %s\\n' "$u"; systemctl show -p ${unitProperties},ControlGroup "$u"
  printf '@journal\\n'; unit_journal "$u"
  cg=$(systemctl show -p ControlGroup --value "$u"); states=
  for d in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
    [ -n "$cg" ] && [ -r "$d$cg/cgroup.procs" ] && { for p in $(head -n 64 "$d$cg/cgroup.procs"); do states=$states$(sed -n 's/^State:[[:space:]]*\\(.\\).*/\\1/p' /proc/$p/status 2>/dev/null); done; break; }
  done
  echo "@states $u $states"
done`,
  parse(capture) {
    if (capture.exitCode === 3) return unusable('no systemd on this host')
    const parts = sections(capture.stdout, ['tie', 'unit', 'journal', 'states'])
    return parsed<BackendUnits>({
      ties: parts.filter((part) => part.name === 'tie').flatMap((part) => readTie(part.rest)),
      units: unitsOf(parts),
      processStates: new Map(
        parts
          .filter((part) => part.name === 'states')
          .map((part) => [part.rest.split(' ')[0] ?? '', part.rest.split(' ')[1] ?? '']),
      ),
    })
  },
})

function readTie(text: string): Tie[] {
  const match = /^(\S+) (\S+) (\S+) (.*)$/.exec(text)
  const kind = tieKinds.find((each) => each === match?.[3])
  if (!match || !kind) return []
  return [{ endpoint: match[1] ?? '', unit: match[2] ?? '', kind, text: match[4] ?? '' }]
}
