import { describe, expect, it } from 'vitest'
import { recall } from '../../src/history/recurrence.ts'
import { day, failing, finding, restart, well } from './remembering.ts'

const hour = 3600_000

describe('a trouble that was there before', () => {
  it('is counted with its outbreaks, and the last fix with how long it lasted', () => {
    const first = failing(day(1))
    const second = failing(day(3))
    const past = recall(failing(day(3, 5)), [first, well(day(1, 9)), second, restart(day(3, 1), second)])

    expect(past).toMatchObject({
      count: 3,
      days: 7,
      thing: 'shop-api.service',
      earlier: [day(3), day(1)],
      lastFix: { action: 'restart-unit', target: 'shop-api.service', lastedMs: 4 * hour },
      notHeld: null,
    })
  })

  it('lasted until it began again, not until somebody asked', () => {
    const before = failing(day(3))
    const again = failing(day(4), { findings: [finding({ since: day(3, 3) })] })

    expect(recall(again, [before, restart(day(3, 1), before)])?.lastFix?.lastedMs).toBe(2 * hour)
  })

  it('is one outbreak however often it is looked at before it is over', () => {
    const since = { findings: [finding({ since: day(1) })] }
    const looks = [0.1, 0.2, 24, 47].map((hours) => failing(day(1, hours), since))

    expect(recall(failing(day(3), since), looks)).toBeNull()
    expect(recall(failing(day(1, 1)), [failing(day(1))])).toBeNull()
  })

  it('is one outbreak of a unit that is started again and again, which fails since a moment ago at every look', () => {
    const looks = Array.from({ length: 30 }, (_, at) =>
      failing(day(1, at), { findings: [finding({ since: day(1, at - 0.01) })] }),
    )

    expect(recall(failing(day(2, 6.5), { findings: [finding({ since: day(2, 6.4) })] }), looks)).toBeNull()
  })

  it('is another outbreak minutes later when it was cured between', () => {
    const before = failing(day(1))

    expect(recall(failing(day(1, 0.3)), [before, restart(day(1, 0.2), before)])).toMatchObject({
      count: 2,
      lastFix: { lastedMs: expect.closeTo(0.1 * hour, -1) },
    })
  })

  it('is told of 30 days when the last week knows it once only', () => {
    expect(recall(failing(day(20)), [failing(day(2))])).toMatchObject({ count: 2, days: 30, lastFix: null })
  })

  it.each([
    ['another unit', failing(day(1), { findings: [finding({ subject: { unit: 'cart-api.service' } })] })],
    ['another cause', failing(day(1), { findings: [finding({ cause: 'backend-slow' })] })],
    [
      'a fault of another machine',
      failing(day(1), { findings: [finding({ subject: { ...finding().subject, host: 'app-1' } })] }),
    ],
    ['a guess', failing(day(1), { findings: [finding({ confidence: 'possible' })] })],
    ['history that had healed', failing(day(1), { findings: [finding({ failingNow: false })] })],
  ])('is not the same as %s', (_what, before) => {
    expect(recall(failing(day(3)), [before])).toBeNull()
  })

  it('is the same where one look saw the unit and the other the address only', () => {
    const unseen = failing(day(1), { findings: [finding({ subject: { upstream: '127.0.0.1:8080' } })] })

    expect(recall(failing(day(3)), [unseen])?.count).toBe(2)
  })

  it('is the same at another line of the file', () => {
    const file = '/etc/nginx/nginx.conf'
    const before = failing(day(1), { findings: [finding({ subject: { file, line: 12 } })] })
    const now = failing(day(3), { findings: [finding({ subject: { file, line: 14 } })] })

    expect(recall(now, [before])?.count).toBe(2)
  })

  it('is nothing to tell of a healthy host', () => {
    expect(recall(well(day(3)), [failing(day(1))])).toBeNull()
  })
})

describe('a restart that did not hold', () => {
  const first = failing(day(1))
  const second = failing(day(1, 5))
  const twice = [first, restart(day(1, 1), first), second, restart(day(1, 6), second)]

  it('is advised against when it came back within a day twice in a row', () => {
    expect(recall(failing(day(1, 10)), twice)?.notHeld).toEqual({
      action: 'restart-unit',
      target: 'shop-api.service',
      host: 'web-3',
      lastedMs: [4 * hour, 4 * hour],
      days: 7,
    })
  })

  it('is not advised against after one that held for days', () => {
    expect(recall(failing(day(4)), twice)?.notHeld).toBeNull()
  })

  it('counts one that did not help at all', () => {
    const useless = twice.map((each) =>
      each.kind === 'action' ? { ...each, outcome: 'still-failing' as const } : each,
    )

    expect(recall(failing(day(1, 10)), useless)?.notHeld?.lastedMs).toEqual([0, 0])
  })

  it('counts until the watch saw that it was back', () => {
    const watched = {
      kind: 'watched',
      id: 'watched:p',
      host: 'web-3',
      diagnosed: 'web-3',
      proposal: restart(day(1, 6), second).id,
      at: day(1, 6.5),
      outcome: 'still-failing',
      detail: '',
    } as const

    expect(recall(failing(day(1, 10)), [...twice, watched])?.notHeld?.lastedMs).toEqual([4 * hour, 0.5 * hour])
  })

  it('is no reload: who edits a file again undoes it', () => {
    const reloads = twice.map((each) => (each.kind === 'action' ? { ...each, action: 'reload-nginx' as const } : each))

    expect(recall(failing(day(1, 10)), reloads)).toMatchObject({ count: 3, notHeld: null })
  })

  it('is forgotten after a week', () => {
    expect(recall(failing(day(12)), twice)).toMatchObject({ days: 30, notHeld: null })
  })
})
