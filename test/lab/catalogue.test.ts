import { describe, expect, it } from 'vitest'
import { faultIds } from '../../lab/fault.ts'
import { scoreFault } from '../../lab/score.ts'
import { labHere } from './lab-here.ts'

describe.skipIf(!labHere())('a diagnosis of a real broken host, as root, as the sudoers user and without sudo', () => {
  it.concurrent.each(faultIds())(
    '%s is named right, and nobody is confidently wrong about it',
    async (fault) => {
      const scores = await scoreFault(fault, nameFor(fault))

      expect(scores.map(({ user, wrong }) => ({ user, wrong }))).toEqual([
        { user: 'root', wrong: [] },
        { user: 'medic', wrong: [] },
        { user: 'plain', wrong: [] },
      ])
    },
    180_000,
  )
})

/** Host names of hosts that run side by side must differ. */
function nameFor(fault: string): string {
  return `web-${faultIds().indexOf(fault)}`
}
