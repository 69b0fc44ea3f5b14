import { expect, test } from 'vitest'
import { faultIds, readFault } from '../../lab/fault.ts'
import { causes } from '../../src/diagnosis/cause.ts'

const twelve = [
  'backend-down',
  'backend-wrong-port',
  'listen-address-mismatch',
  'socket-missing',
  'socket-permission',
  'firewall-blocked',
  'port-exhaustion',
  'backend-slow',
  'no-live-upstreams',
  'nginx-down',
  'config-invalid',
  'config-not-reloaded',
]
const faults = faultIds().map((id) => readFault(id))

test.each(twelve)('%s has a fault that must be diagnosed as it', (cause) => {
  const found = faults.filter(
    ({ expect: { verdict, cause: expected } }) => verdict === 'diagnosed' && expected === cause,
  )

  expect(found.map(({ id }) => id)).not.toEqual([])
})

test.each(twelve)('%s has a near miss that must not be diagnosed as it', (cause) => {
  const found = faults.filter(({ expect: { nearMissOf } }) => nearMissOf.includes(cause))

  expect(found.map(({ id }) => id)).not.toEqual([])
})

test.each(faults)(
  '$id does not expect as the cause what it is a near miss of',
  ({ expect: { cause, kind, nearMissOf } }) => {
    const named = kind === 'latent' ? null : cause

    expect(nearMissOf).not.toContain(named)
  },
)

test.each(faults)(
  '$id names only causes of the catalogue',
  ({ expect: { cause, trueCause, alsoTrue, nearMissOf } }) => {
    const named = [cause, trueCause, ...alsoTrue, ...nearMissOf].filter((id) => typeof id === 'string')

    expect(named.filter((id) => !(id in causes))).toEqual([])
  },
)

test.each(faults)(
  '$id has a cause exactly when it is to be diagnosed, a latent one aside',
  ({ expect: { verdict, cause, kind } }) => {
    const failing = kind === 'latent' ? null : cause

    expect(failing !== null).toBe(verdict === 'diagnosed')
  },
)

test('a fault that does not exist is refused with the names of those that do', () => {
  expect(() => readFault('backend-dwn')).toThrow(/no fault backend-dwn; there are: .*backend-down/)
})
