import { expectOn } from './expect-on.ts'
import { withCommon, type FaultExpectation } from './fault.ts'
import { labHosts, type LabPair } from './hosts.ts'
import { kindFrom, layoutFrom } from './layout/layout-from.ts'
import type { BackendKind } from './layout/kinds.ts'
import { readPair, type PairScenario } from './pair.ts'
import { silent, type Progress } from './progress.ts'

export interface PairRequest {
  readonly seed: number | null
  readonly kind?: BackendKind
  readonly names?: { readonly front: string; readonly back: string }
  readonly session?: string
  readonly keep?: boolean
  readonly progress?: Progress
  readonly signal?: AbortSignal
}

export interface BrokenPair {
  readonly pair: LabPair
  readonly scenario: PairScenario
  readonly expect: FaultExpectation
  /** HTTP statuses that the front's requests got. */
  readonly statuses: readonly string[]
}

/** Two hosts with a fault: the backend's script first, then the front's with its visitors. On failure nothing stays. */
export async function brokenPair(id: string, request: PairRequest): Promise<BrokenPair> {
  const scenario = readPair(id)
  const { upstream, shopPath, kinds } = scenario.expect
  const layout = layoutFrom(request.seed, request.kind ?? kindFrom(request.seed, kinds), {
    ...(upstream && { upstream }),
    ...(shopPath && { shopPath }),
  })
  const { names, seed: _seed, kind: _kind, progress = silent, ...options } = request
  const pair = await labHosts({ ...options, ...names, layout, progress })
  try {
    progress(`breaking the pair: ${id}`)
    // As people come before anything is wrong.
    await pair.front.run('visitors', withCommon('visitors'), request.signal)
    await pair.back.run(`back.sh of ${id}`, scenario.backScript, request.signal)
    const said = await pair.front.run(`front.sh of ${id}`, scenario.frontScript, request.signal)
    const statuses = said.split('\n').filter((line) => /^\d{3}$/.test(line))
    return { pair, scenario, statuses, expect: pairExpect(scenario, pair) }
  } catch (cause) {
    await pair.down()
    throw cause
  }
}

/** The expectation with this pair's names; the machine of the fault is part of the subject. */
function pairExpect({ expect }: PairScenario, { front, back }: LabPair): FaultExpectation {
  const { host, backListed: _listed, cureOn: _cure, ...rest } = expect
  const at = host === 'front' ? front : back
  const filled = expectOn(rest, front.layout, front.address)
  return { ...filled, subject: { ...filled.subject, ...(rest.cause !== null && { host: at.name }) } }
}
