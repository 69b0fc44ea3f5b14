import { expect, test } from 'vitest'
import { backendSeen } from '../../src/examine/ask-backend.ts'
import { backendVisits, type GoTo } from '../../src/examine/backend-visits.ts'
import type { BackendPlan } from '../../src/examine/backends.ts'

/** Machines that say who was asked about what, until they are told to stop. */
function machines() {
  const asked: string[] = []
  const stopped: string[] = []
  const goTo: GoTo = async (host, upstreams, _troubles, signal) => {
    asked.push(`${host} ${upstreams.join(' ')}`)
    signal.addEventListener('abort', () => stopped.push(host))
    if (host === 'broken') throw new Error('no such key')
    return { seen: backendSeen(host, upstreams, [], 'nobody is asked in this test'), recorded: [] }
  }
  return { asked, stopped, visits: backendVisits(goTo) }
}

function plan(ask: Readonly<Record<string, readonly string[]>>): BackendPlan {
  return { ask: new Map(Object.entries(ask)), elsewhere: [] }
}

test('a machine that round one led to is asked once', async () => {
  const { asked, visits } = machines()
  visits.begin(plan({ 'app-3': ['10.0.3.7:8080', '10.0.3.7:8081'] }), [])

  const ended = await visits.end(plan({ 'app-3': ['10.0.3.7:8080'] }), [])

  expect(asked).toEqual(['app-3 10.0.3.7:8080 10.0.3.7:8081'])
  expect(ended.map(({ seen }) => seen.host)).toEqual(['app-3'])
})

test('an upstream that only the live requests showed is asked about as well, on the same machine or another', async () => {
  const { asked, visits } = machines()
  visits.begin(plan({ 'app-3': ['10.0.3.7:8080'] }), [])

  await visits.end(plan({ 'app-3': ['10.0.3.7:8080', '10.0.3.7:8081'], 'app-4': ['10.0.3.8:8080'] }), [])

  expect(asked.slice(1)).toEqual(['app-3 10.0.3.7:8080 10.0.3.7:8081', 'app-4 10.0.3.8:8080'])
})

test('no more than three machines are asked in all', async () => {
  const { asked, visits } = machines()
  visits.begin(plan({ 'app-1': ['a'], 'app-2': ['b'] }), [])

  const ended = await visits.end(plan({ 'app-3': ['c'], 'app-4': ['d'], 'app-2': ['b'] }), [])

  expect(asked.map((each) => each.split(' ')[0])).toEqual(['app-1', 'app-2', 'app-3'])
  expect(ended.map(({ seen }) => seen.host)).toEqual(['app-3', 'app-2'])
})

test('a visit that nobody needs any more is stopped, and its failure is nobody else’s', async () => {
  const { stopped, visits } = machines()
  visits.begin(plan({ broken: ['a'], 'app-2': ['b'] }), [])

  await visits.end(plan({}), [])
  visits.stop()

  expect(stopped).toEqual(['broken', 'app-2'])
})

test('a failure is heard where the visit is needed', async () => {
  const { visits } = machines()
  visits.begin(plan({ broken: ['a'] }), [])

  await expect(visits.end(plan({ broken: ['a'] }), [])).rejects.toThrow('no such key')
})
