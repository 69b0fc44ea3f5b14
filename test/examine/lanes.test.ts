import { EventEmitter, once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { askInLanes } from '../../src/examine/lanes.ts'
import { backendUnits } from '../../src/probes/backend-units.ts'
import { liveRequests } from '../../src/probes/live-requests.ts'
import { processLimits } from '../../src/probes/process-limits.ts'
import type { Question } from '../../src/probes/probe.ts'
import { captureOf } from '../support/capture-of.ts'

const questions: readonly Question[] = [backendUnits, liveRequests, processLimits].map((probe) => ({
  probe,
  args: ['1'],
}))
const why = 'the host refused the command: (SSH) Channel open failure: open failed'

function answers(asked: readonly Question[]) {
  return asked.map(({ probe }) => captureOf(probe.id, 'answered'))
}

function refusals(asked: readonly Question[]) {
  return asked.map(({ probe }) => captureOf(probe.id, '', { notRun: why }))
}

describe('questions in two lanes', () => {
  it('are under way at once, and answered in their order', async () => {
    const begun: string[][] = []
    const second = new EventEmitter()
    const captures = await askInLanes(questions, async (lane) => {
      begun.push(lane.map(({ probe }) => probe.id))
      if (begun.length === 2) second.emit('begun')
      else await once(second, 'begun')
      return answers(lane)
    })

    expect(begun).toEqual([['backend-units', 'process-limits'], ['live-requests']])
    expect(captures.map(({ probe }) => probe)).toEqual(['backend-units', 'live-requests', 'process-limits'])
  })

  it('are asked one after the other where the server opens one channel only', async () => {
    let open = 0
    const captures = await askInLanes(questions, async (lane) => {
      if (open > 0) return refusals(lane)
      open += 1
      await Promise.resolve()
      open -= 1
      return answers(lane)
    })

    expect(captures.map(({ stdout }) => stdout)).toEqual(['answered', 'answered', 'answered'])
  })
})
