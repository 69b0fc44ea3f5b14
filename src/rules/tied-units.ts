import type { BackendUnits, Tie } from '../probes/backend-units.ts'
import type { Unit } from '../probes/unit-state.ts'

export interface TiedUnit {
  readonly unit: Unit
  readonly tie: Tie
}

/** The units that evidence ties to an address ("127.0.0.1:8080" or "unix:/run/x.sock"), the strongest tie of each. */
export function tiedUnits(address: string, backend: BackendUnits): readonly TiedUnit[] {
  const endpoint = address.startsWith('unix:') ? address : `tcp:${address}`
  const ties = backend.ties.filter((tie) => tie.endpoint === endpoint)
  return backend.units.flatMap((unit) => {
    const tie = ties.find((each) => each.unit === unit.id)
    return tie ? [{ unit, tie }] : []
  })
}

/** The unit in whose cgroup a process is. */
export function unitOfPid(pid: number, backend: BackendUnits): TiedUnit | null {
  const tie = backend.ties.find((each) => each.endpoint === `pid:${pid}`)
  const unit = tie && backend.units.find((each) => each.id === tie.unit)
  return tie && unit ? { unit, tie } : null
}

/** Why a start would be against somebody's will; null when nothing says so. */
export function stoppedOnPurpose(unit: Unit): string | null {
  if (unit.load === 'masked' || unit.fileState === 'masked') return `${unit.id} is masked`
  if (unit.fileState === 'disabled' && unit.result === 'success' && unit.startedAt === null)
    return `${unit.id} is disabled and did not run since boot`
  return null
}
