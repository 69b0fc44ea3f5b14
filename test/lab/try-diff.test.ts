import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { readFault } from '../../lab/fault.ts'
import { labHost } from '../../lab/host.ts'
import { lookAs } from '../../lab/score.ts'
import { type DiffGround, tryDiff } from '../../lab/score/try-diff.ts'
import { labHere } from './lab-here.ts'

const fault = 'configured-error-location'

describe.skipIf(!labHere())('a diff that was shown is tried on its host', () => {
  let ground: DiffGround
  let shown: Diagnosis

  beforeAll(async () => {
    const host = await labHost({ name: 'diffs', fault })
    ground = { host, listed: [host], expect: readFault(fault).expect }
    shown = (await lookAs(host, 'root')).diagnosis
  })
  afterAll(() => ground?.host.down())

  it('and does not apply where the file is another one', async () => {
    const tried = await tryDiff(
      ground,
      withDiff((diff) => diff.replaceAll('return 502;', 'return 418;')),
    )

    expect(tried).toMatchObject({ applied: false, valid: false, cured: false, why: expect.stringContaining('patch: ') })
  })

  it('and does not cure where it changes nothing that matters', async () => {
    const tried = await tryDiff(
      ground,
      withDiff((diff) =>
        diff.replace(/^-(.*return 502;)$/m, '-$1\n+$1 # later').replace(/^(@@ -\d+,(\d+) \+\d+),\d+/m, '$1,$2'),
      ),
      2,
    )

    expect(tried).toMatchObject({ applied: true, valid: true, cured: false })
    expect(tried?.why).toContain('still get 502')
    await ground.host.run('the line as it was', "sed -i 's/ # later$//' /etc/nginx/sites-enabled/*")
  })

  it('and cures', async () => {
    expect(await tryDiff(ground, shown)).toEqual({
      cause: 'configured-error',
      applied: true,
      valid: true,
      cured: true,
      why: '',
    })
  })

  function withDiff(change: (diff: string) => string): Diagnosis {
    const [first, ...others] = shown.findings
    if (!first?.fix.diff) throw new Error('the first finding has no diff')
    return { ...shown, findings: [{ ...first, fix: { ...first.fix, diff: change(first.fix.diff) } }, ...others] }
  }
})
