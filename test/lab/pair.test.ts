import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { brokenPair } from '../../lab/pair-run.ts'
import { pairIds, readPair } from '../../lab/pair.ts'
import { causes } from '../../src/diagnosis/cause.ts'
import { labHere } from './lab-here.ts'

test.each(pairIds())('%s names only causes of the catalogue, and one exactly when it is to be diagnosed', (id) => {
  const { cause, trueCause, verdict, alsoTrue } = readPair(id).expect
  const named = [cause, trueCause, ...alsoTrue].filter((each) => typeof each === 'string')

  expect(named.filter((each) => !(each in causes))).toEqual([])
  expect(cause !== null).toBe(verdict === 'diagnosed')
})

describe.skipIf(!labHere())('two lab hosts', { timeout: 120_000 }, () => {
  test('fail together, are cured on the machine of the fault, and leave no bridge behind', async () => {
    const { pair, scenario, statuses } = await brokenPair('stopped', { seed: 5 })
    const { front, back } = pair
    const bridge = `/sys/class/net/${front.record.bridge ?? ''}`
    const bridged = existsSync(bridge)
    const ask = `. /etc/lab/layout; curl -s -m 10 -o /dev/null -w '%{http_code}' -H "Host: $SHOP_SITE" "http://127.0.0.1$SHOP_PATH"`
    try {
      await back.run('the cure', scenario.cureScript)
      const after = await front.exec(ask)

      expect([...new Set(statuses)]).toEqual(['502'])
      expect(after.stdout).toBe('200')
      expect(back.address).not.toBe(front.address)
      expect(bridged).toBe(true)
    } finally {
      await pair.down()
    }
    expect(existsSync(bridge)).toBe(false)
  })
})
