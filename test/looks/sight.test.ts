import { expect, test } from 'vitest'
import { failedSight, sightOf, standingAfter } from '../../src/looks/watches/sight.ts'
import type { Sight, Standing } from '../../src/looks/watches/watch.ts'
import { backendDown, backendDownFinding, healthy, undetermined } from '../support/diagnosis.ts'

const at = new Date('2026-11-21T03:09:00Z')
const likely = sightOf(backendDown({ findings: [backendDownFinding({ confidence: 'likely' })] }))
const sure = sightOf(backendDown())
const well = sightOf(healthy())

function newsOf(...sights: readonly Sight[]): readonly (string | null)[] {
  let standing: Standing | null = null
  return sights.map((sight, index) => {
    standing = standingAfter(standing, sight, index + 1, at)
    return standing.news?.kind ?? null
  })
}

test('the first look is no news, and neither is the same again in other words', () => {
  const later = backendDown({ findings: [backendDownFinding({ summary: 'failed 6 minutes ago' })] })

  expect(newsOf(sure, sightOf(later), sure)).toEqual([null, null, null])
})

test('another verdict, another cause and another subject are news', () => {
  const other = backendDown({ findings: [backendDownFinding({ subject: { upstream: '127.0.0.1:9090' } })] })
  const cause = backendDown({ findings: [backendDownFinding({ cause: 'backend-hung' })] })

  expect(newsOf(sure, sightOf(other), sightOf(cause), well, failedSight('web-1', 'a fault'))).toEqual([
    null,
    'other',
    'other',
    'other',
    'other',
  ])
})

test('that a cause is confirmed is news once; that it is less sure, and sure again, is none', () => {
  expect(newsOf(likely, sure, likely, sure)).toEqual([null, 'surer', null, null])
})

test('words of an undetermined answer that change from look to look are no news', () => {
  expect(newsOf(sightOf(undetermined('12 requests failed')), sightOf(undetermined('17 requests failed')))).toEqual([
    null,
    null,
  ])
})
