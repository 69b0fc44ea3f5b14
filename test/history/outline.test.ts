import { describe, expect, it } from 'vitest'
import { outlineOf, together } from '../../src/history/outline.ts'
import { day, failing, finding, restart, well } from './remembering.ts'

const hour = 3600_000

describe('what a host has been through', () => {
  it('is one row for each outbreak, newest first, with what was done and how long it held', () => {
    const first = failing(day(1))
    const second = failing(day(2))

    const { rows } = outlineOf('web-3', [second, failing(day(1, 0.2)), first, restart(day(1, 1), first)])

    expect(rows).toMatchObject([
      { from: day(2), looks: 1, cause: 'backend-down', what: 'shop-api.service', actions: [] },
      { from: day(1), looks: 2, actions: [{ kept: { target: 'shop-api.service' }, heldMs: 23 * hour }] },
    ])
  })

  it('was over when a look found nothing failing, before it began again', () => {
    const { rows } = outlineOf('web-3', [failing(day(1)), well(day(2)), well(day(3)), failing(day(4)), failing(day(9))])

    expect(rows).toMatchObject([{ wellAt: null }, { wellAt: null }, { wellAt: day(2) }])
  })

  it('counts causes by outbreaks, and looks in which nothing failed', () => {
    const disk = { findings: [finding({ cause: 'disk-full', subject: { path: '/var' } })] }
    const entries = [failing(day(1)), well(day(2)), failing(day(3)), failing(day(4), disk), well(day(5))]

    expect(outlineOf('web-3', entries)).toMatchObject({
      counts: [
        { cause: 'backend-down', count: 2 },
        { cause: 'disk-full', count: 1 },
      ],
      healthy: 2,
    })
  })

  it('keeps looks that could not tell, those in a row that say the same as one', () => {
    const cannot = { verdict: 'undetermined', headline: 'cannot tell', findings: [] } as const
    const entries = [failing(day(1), cannot), failing(day(2), cannot), well(day(3)), failing(day(4), cannot)]

    expect(outlineOf('web-3', entries).rows).toMatchObject([
      { from: day(4), looks: 1, cause: null, what: 'cannot tell' },
      { from: day(1), lastSeen: day(2), looks: 2 },
    ])
  })

  it('shows what people said of it beside it', () => {
    const first = failing(day(1))
    const said = {
      kind: 'feedback',
      id: 'f',
      host: 'web-3',
      diagnosis: first.id,
      at: day(1, 1),
      by: 'U1',
      said: 'wrong',
    } as const

    expect(outlineOf('web-3', [first, said]).rows).toMatchObject([{ feedback: [{ said: 'wrong' }] }])
  })

  it('is a person who asked where a person and an alert did', () => {
    const entries = [failing(day(1), { by: 'alert' }), failing(day(1, 0.1))]

    expect(outlineOf('web-3', entries).rows).toMatchObject([{ by: 'user', looks: 2 }])
  })
})

describe('several hosts', () => {
  const hosts = ['web-3', 'web-4'].map((host, index) =>
    outlineOf(host, [failing(day(1 + index), { host }), well(day(9))]),
  )

  it('stand together in the order of time', () => {
    expect(together(hosts)).toMatchObject({
      rows: [{ host: 'web-4' }, { host: 'web-3' }],
      counts: [{ cause: 'backend-down', count: 2 }],
      healthy: 1,
    })
  })

  it('are told of one cause only where that is asked for', () => {
    expect(together(hosts, 'disk-full')).toEqual({ rows: [], counts: [], healthy: 0 })
  })
})
