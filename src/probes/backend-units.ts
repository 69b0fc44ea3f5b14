import { parsed, unusable } from '../diagnosis/fact.ts'
import { sections } from './lines.ts'
import { unitsOf } from './nginx-unit.ts'
import { defineProbe } from './probe.ts'
import { unitPropertyScript } from './unit-property-script.ts'
import { unitLogsScript } from './unit-logs-script.ts'
import { readUnit, type Unit, unitProperties } from './unit-state.ts'
import { sandboxKeys } from './unit-sandbox.ts'
import { unitTiesScript } from './unit-ties-script.ts'
import { unitWorkScript } from './unit-work-script.ts'

/**
 * What ties a unit to an address: `process` (it owns the listener), `exec` (its unit file or a file that names),
 * `pool` (a php-fpm pool), `socket` (its socket unit), `held` (systemd listens there for it, while a file of its socket unit has the
 * address that was asked for) or `journal` (its own log named the address).
 */
const tieKinds = ['process', 'exec', 'pool', 'socket', 'held', 'journal'] as const
export type TieKind = (typeof tieKinds)[number]

export interface Tie {
  /** "tcp:127.0.0.1:8080", "unix:/run/app.sock" or "pid:123", as asked; of `held`, where systemd listens. */
  readonly endpoint: string
  readonly unit: string
  readonly kind: TieKind
  /** The line that shows it. */
  readonly text: string
}

export interface BackendUnits {
  readonly ties: readonly Tie[]
  readonly units: readonly Unit[]
  /** The socket units that start them; empty in captures from before. */
  readonly sockets: readonly Unit[]
  /** State letters of the processes in each unit's cgroup: "SST" for two sleeping, one stopped (proc(5)). */
  readonly processStates: ReadonlyMap<string, string>
}

/**
 * The units behind addresses and processes. "$@" are endpoints: tcp:ADDRESS:PORT, unix:PATH, pid:N.
 *
 * Sample (systemd 252):
 *     @tie tcp:127.0.0.1:8080 checkout-api.service exec /etc/systemd/system/checkout-api.service: ExecStart=/usr/bin/python3 /srv/checkout/app.py --port 8080
 *     @tie tcp:127.0.0.1:8081 orders.service held orders.socket listens on 127.0.0.1:8081
 *     @unit checkout-api.service
 *     Id=checkout-api.service
 *     ActiveState=inactive
 *     ProtectHome=yes
 *     @journal
 *     2026-11-21T03:04:01+0100 web-1 systemd[1]: Stopped checkout-api.service - Checkout API.
 *     @states checkout-api.service SS
 *     @socket checkout-api.socket
 *     Id=checkout-api.socket
 *     ActiveState=inactive
 *     @telling read journal
 *     1 1795270185.4 1795270185.4 systemd[1]: checkout-api.service: Main process exited, code=killed, status=9/KILL
 *     end
 *     @work checkout-api.service 312.10 312.55
 *     process 80 43 S 2 9 2.61 gunicorn
 *     end
 *     @settings php8.2-fpm.service
 *     /etc/php/8.2/fpm/pool.d/www.conf:118:pm.max_children = 5
 *     end
 *
 * The last three only for the first eight units that have the address: what one of those wrote in the last hour and how it works.
 */
export const backendUnits = defineProbe({
  id: 'backend-units',
  command: 'grep the address in unit files, pools and journals; systemctl show; journalctl -u',
  seconds: 7,
  cap: 524_288,
  script: `
[ -d /run/systemd/system ] || { echo 'no systemd on this host' >&2; exit 3; }
out=$(timeout 3 systemctl show -p Version 2>&1) || { echo "systemctl does not answer: $(printf '%s\\n' "$out" | head -n 1 | cut -c1-200)" >&2; exit 4; }
${unitPropertyScript}
${unitWorkScript}
${unitTiesScript}
${unitLogsScript}
ties=$(all_ties "$@" | awk '!s[$0]++' | head -n 60)
[ -n "$ties" ] && printf '%s\\n' "$ties" | sed 's/^/@tie /'
asked=0
read_journals && journals=1 || journals=''
# those that have an address come before those that only own some process
{ printf '%s\\n' "$ties" | grep -v '^pid:'; printf '%s\\n' "$ties"; } | awk '$2 && !s[$2]++ { print $2 }' | head -n 16 | while read -r u; do
  shown=$(systemctl show -p ${unitProperties},ControlGroup,EnvironmentFiles,WorkingDirectory,StandardOutput,StandardError,${sandboxKeys.join(',')} "$u")
  property ControlGroup; cg=$value
  property TriggeredBy; triggers=$value
  printf '@unit %s\\n%s\\n@journal\\n' "$u" "$shown"; unit_journal "$u"
  echo "@states $u $(states_of $(pids_of "$cg"))"
  taken=0
  for s in $triggers; do
    case $s in *.socket) ;; *) continue ;; esac
    [ $taken -lt 2 ] || break
    taken=$((taken + 1)); printf '@socket %s\\n' "$s"; systemctl show -p ${unitProperties} "$s"
  done
  asked=$((asked + 1)); [ $asked -gt 8 ] && continue
  unit_telling "$u"; unit_work "$u" "$cg"; unit_settings "$u"
done`,
  parse(capture) {
    if (capture.exitCode === 3) return unusable('no systemd on this host')
    if (capture.exitCode === 4) return unusable('systemctl does not answer')
    if (capture.truncated) return unusable('the units say more than could be read')
    const parts = sections(capture.stdout, [
      'tie',
      'unit',
      'journal',
      'states',
      'socket',
      'telling',
      'work',
      'settings',
    ])
    return parsed<BackendUnits>({
      ties: parts.filter((part) => part.name === 'tie').flatMap((part) => readTie(part.rest)),
      units: unitsOf(parts),
      sockets: socketsOf(parts),
      processStates: new Map(
        parts
          .filter((part) => part.name === 'states')
          .map((part) => [part.rest.split(' ')[0] ?? '', part.rest.split(' ')[1] ?? '']),
      ),
    })
  },
})

function socketsOf(parts: ReturnType<typeof sections>): Unit[] {
  const read = parts.flatMap((part) => (part.name === 'socket' ? (readUnit(part.body, { journal: [] }) ?? []) : []))
  return read.filter(({ id }, index) => read.findIndex((each) => each.id === id) === index)
}

function readTie(text: string): Tie[] {
  const match = /^(\S+) (\S+) (\S+) (.*)$/.exec(text)
  const kind = tieKinds.find((each) => each === match?.[3])
  if (!match || !kind) return []
  return [{ endpoint: match[1] ?? '', unit: match[2] ?? '', kind, text: match[4] ?? '' }]
}
