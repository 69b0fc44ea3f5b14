import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { replay } from '../../src/examine/replay.ts'

function recorded(name: string): Promise<Diagnosis> {
  return replay(fileURLToPath(new URL(`../${name}`, import.meta.url)))
}

test('three uploads that are too large are told with their number and place, and are no alarm', async () => {
  const { verdict, findings } = await recorded('hosts/healthy-client-noise')

  expect(verdict).toBe('healthy')
  expect(findings[0]).toMatchObject({ cause: 'client-body-too-large', failingNow: false })
  expect(findings[0]?.summary).toContain('shop.example.com (location /)')
  expect(findings[0]?.summary).toContain('3 times in the last ten minutes')
})

test('four of four who leave one page are told with that page, and are no alarm', async () => {
  const { verdict, findings } = await recorded('hosts/healthy-few-leave')

  expect(verdict).toBe('healthy')
  expect(findings[0]).toMatchObject({ cause: 'client-gave-up', failingNow: false, confidence: 'possible' })
  expect(findings[0]?.summary).toContain('/report.php')
})

test('every upload to one page of a busy site is refused: that is what fails now', async () => {
  const { verdict, findings } = await recorded('rules/client-body-too-large/fires-client-body-too-large-one-page')

  expect(verdict).toBe('diagnosed')
  expect(findings[0]?.summary).toContain('14 times')
})
