import { nginxGuard, type NginxState, type ProcessMark, reloadGuard, unitGuard } from '../actions/guard.ts'
import { actionOf } from '../actions/index.ts'
import type { ActionId, Diagnosis } from '../diagnosis/diagnosis.ts'
import type { Facts } from '../probes/index.ts'
import type { BackendSeen } from './ask-backend.ts'
import type { NginxProcess } from '../probes/nginx-processes.ts'
import type { Unit } from '../probes/unit-state.ts'

/** "start-unit checkout-api.service" -> the state of the target as diagnosed; the action compares it again on the host before it acts. */
export function guardsOf(
  diagnosis: Diagnosis,
  front: Facts,
  backends: readonly BackendSeen[] = [],
): ReadonlyMap<string, string> {
  const guards = new Map<string, string>()
  for (const { fix } of diagnosis.findings) {
    if (!fix.action) continue
    const at = fix.action.host
    const facts = at === undefined ? front : backends.find((each) => each.host === at)?.facts
    if (!facts) continue
    const guard =
      actionOf(fix.action.id)?.guards === 'nginx'
        ? guardOfNginx(fix.action.id, fix.action.target, facts)
        : guardOfUnit(fix.action.id, fix.action.target, facts)
    if (guard !== null) guards.set(`${fix.action.id} ${fix.action.target}`, guard)
  }
  return guards
}

function guardOfUnit(action: ActionId, target: string, facts: Facts): string | null {
  const { 'backend-units': backend } = facts
  const known = backend.known ? [...backend.value.units, ...backend.value.sockets] : []
  const unit = known.find((each) => each.id === target)
  if (!unit) return null
  if (action !== 'reload-unit') return unitGuard(stateOf(unit))
  return unit.changedAt === null ? null : reloadGuard(stateOf(unit), Math.round(unit.changedAt * 1e6))
}

function guardOfNginx(action: ActionId, target: string, facts: Facts): string | null {
  const { 'nginx-unit': units, 'nginx-config': config, 'nginx-processes': processes } = facts
  const unit = units.known ? units.value.units.find((each) => each.id === target) : undefined
  if (!unit || !processes.known) return null
  // The script on the host asks the nginx of the unit, with its -c and -p, as the probe did.
  const dumpSha256 = config.known && config.value.test.kind === 'passed' ? config.value.dumpHash : null
  const state = nginxState(unit, dumpSha256, [...processes.value.masters, ...processes.value.workers])
  // A worker that crashes is replaced every moment; master and configuration tell whether anybody was there before a restart.
  return nginxGuard(action === 'restart-nginx' && state.kind === 'running' ? { ...state, oldestWorker: null } : state)
}

function nginxState(unit: Unit, dumpSha256: string | null, processes: readonly NginxProcess[]): NginxState {
  const master = processes.find((process) => process.pid === unit.mainPid)
  if (!master) return { kind: 'down', unit: { invocationId: unit.invocationId }, dumpSha256 }
  const workers = processes.filter((process) => process.role === 'worker' && process.parent === master.pid)
  return { kind: 'running', master: markOf(master), dumpSha256, oldestWorker: oldest(workers) }
}

function line(worker: NginxProcess): string {
  return `${worker.startTicks} ${worker.pid}`
}

/** The order of `sort -n` over "start pid", as the script on the host sorts them. */
function oldest(workers: readonly NginxProcess[]): ProcessMark | null {
  const first = workers.toSorted(
    (a, b) => Number(a.startTicks) - Number(b.startTicks) || (line(a) < line(b) ? -1 : 1),
  )[0]
  return first ? markOf(first) : null
}

function markOf(process: NginxProcess): ProcessMark {
  return { pid: process.pid, startTicks: process.startTicks }
}

function stateOf(unit: Unit): Parameters<typeof unitGuard>[0] {
  return { invocationId: unit.invocationId, activeState: unit.active, subState: unit.sub, nRestarts: unit.restarts }
}
