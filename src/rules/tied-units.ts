import type { BackendUnits, Tie } from '../probes/backend-units.ts'
import type { Unit } from '../probes/unit-state.ts'

export interface TiedUnit {
  readonly unit: Unit
  readonly tie: Tie
}

/**
 * The services that evidence ties to an address ("127.0.0.1:8080" or "unix:/run/x.sock"), the strongest tie of each. Units that
 * name the address and cannot be what serves it (`cannotServe`) are left out.
 */
export function tiedUnits(address: string, backend: BackendUnits): readonly TiedUnit[] {
  const ties = tiesOf(address, backend).filter((tie) => tie.kind !== 'held' && !isTarget(tie))
  return backend.units.flatMap((unit) => {
    const tie = ties.find((each) => each.unit === unit.id)
    return tie && !cannotServe(unit, tie) ? [{ unit, tie }] : []
  })
}

/** Where systemd listens for a service that a file of its socket unit ties to another address: a drop-in moved it, the first connection starts it. */
export function heldElsewhere({ unit, tie }: TiedUnit, backend: BackendUnits): readonly Tie[] {
  return tie.kind === 'socket' ? backend.ties.filter((each) => each.kind === 'held' && each.unit === unit.id) : []
}

/** The probe asks for a port, whatever the host in front of it: where an address was asked about by its name, the port is the same. */
function tiesOf(address: string, backend: BackendUnits): readonly Tie[] {
  if (address.startsWith('unix:')) return backend.ties.filter((tie) => tie.endpoint === address)
  const exact = backend.ties.filter((tie) => tie.endpoint === `tcp:${address}`)
  const port = /:\d+$/.exec(address)?.[0]
  return exact.length > 0 || port === undefined
    ? exact
    : backend.ties.filter((tie) => tie.endpoint.startsWith('tcp:') && tie.endpoint.endsWith(port))
}

/**
 * A job that only calls the backend (a health check, a backup) names its address just as the backend does, and is inactive most of
 * the time: systemd says so by Type=oneshot (systemd.service(5)) or by a timer that triggers it. A service that systemd does not
 * have, as that of a socket unit with Accept=yes (systemd.socket(5)), cannot be down either. A oneshot that stays active when its command
 * has ended may have put a server into the background, where its files say on what to listen.
 */
function cannotServe(unit: Unit, tie: Tie): boolean {
  const once = unit.type === 'oneshot' && !(unit.sub === 'exited' && LISTENS.test(ownWords(tie.text)))
  return unit.load === 'not-found' || once || unit.triggeredBy.some((each) => each.endsWith('.timer'))
}

const LISTENS = /listen|bind|serve|addr|port\b/i

/** The address stands in a URL that the unit calls, `API_URL=http://127.0.0.1:8080`, not in one that it listens on, `--urls http://127.0.0.1:8080`. */
function isTarget(tie: Tie): boolean {
  const port = /:(\d+)$/.exec(tie.endpoint)?.[1]
  if (tie.kind !== 'exec' || port === undefined) return false
  return (
    new RegExp(`https?://[^\\s/]{1,255}:${port}(?!\\d)`).test(tie.text) &&
    !/listen|bind|urls|serve|addr/i.test(ownWords(tie.text))
  )
}

/** Without the path of the file in front, whose name says nothing about the line. */
function ownWords(text: string): string {
  return text.slice(text.indexOf(': ') + 1)
}

/** In use on this host: started since boot, failed, or to be started at boot. A leftover unit file is none of these. */
export function isInUse(unit: Unit): boolean {
  return unit.changedAt !== null || unit.startedAt !== null || unit.fileState.startsWith('enabled')
}

/** The unit in whose cgroup a process is. docker-proxy is one of the engine's, whose unit serves nobody: it only holds the port of a container. */
export function unitOfPid(pid: number, backend: BackendUnits): TiedUnit | null {
  const tie = backend.ties.find((each) => each.endpoint === `pid:${pid}`)
  if (!tie || /^pid \d+: \S*\bdocker-proxy /.test(tie.text)) return null
  const unit = backend.units.find((each) => each.id === tie.unit)
  return unit ? { unit, tie } : null
}

/** Why a start would be against somebody's will; null when nothing says so. */
export function stoppedOnPurpose(unit: Unit): string | null {
  if (unit.load === 'masked' || unit.fileState === 'masked') return `${unit.id} is masked`
  if (unit.fileState === 'disabled' && unit.result === 'success' && unit.startedAt === null)
    return `${unit.id} is disabled and did not run since boot`
  return null
}
