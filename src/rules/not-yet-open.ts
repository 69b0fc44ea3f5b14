import type { LookAlike } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import type { Unit } from '../probes/unit-state.ts'
import { isUp } from '../probes/unit-state.ts'
import { portOf } from '../symptoms/address.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import type { TiedUnit } from './tied-units.ts'

/** Nobody listens where nginx connects. */
const absent: readonly Trouble['kind'][] = ['refused', 'socket-absent', 'socket-refused']

/**
 * The unit runs and was told to listen on the missed address, and has not opened it: many programs do so only when what they need is
 * there. What they listen on meanwhile (management, metrics) is not what nginx wants.
 */
export function isNotYetOpen({ kind, address }: Trouble, tied: TiedUnit | null): boolean {
  return absent.includes(kind) && address !== null && tied !== null && isUp(tied.unit) && isToldOf(address, tied)
}

/** By the command that systemd has in force, or by a file or variable that the unit is given; a line that a drop-in overrides says nothing. */
export function isToldOf(address: string, { unit, tie }: TiedUnit): boolean {
  return namesIt(address, unit) || (tie.kind === 'exec' && !/\bExec[A-Za-z]*=/.test(tie.text))
}

/** The command in force names the address, or its port as a word of its own. */
export function namesIt(address: string, { execStart }: Unit): boolean {
  if (address.startsWith('unix:')) return execStart.includes(address.slice(5))
  return new RegExp(`(?:^|[^0-9.])${portOf(address)}(?:[^0-9.]|$)`).test(execStart)
}

export function notYetOpenAlikes(address: string, { unit }: TiedUnit): readonly LookAlike[] {
  return [
    ruledOut('backend-down', `${unit.id} runs (main process ${unit.mainPid})`),
    ruledOut('backend-wrong-port', `${unit.id} is told to listen on ${address}, and has not opened it`),
    ruledOut('backend-slow', 'nobody listens yet'),
  ]
}
