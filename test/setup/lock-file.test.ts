import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Lock, missingEntries } from '../../setup/complete-lock.mjs'

test('the lock file holds the native builds of every system, without which npm ci refuses it everywhere', () => {
  const lock: Lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))

  expect(Object.keys(missingEntries(lock)), 'mend it with: node setup/complete-lock.mjs').toEqual([])
})

test('a native build that the registry lacked is entered with its system, processor and libc', () => {
  const lock: Lock = {
    packages: {
      'node_modules/tool': {
        dev: true,
        optionalDependencies: { '@tool/binding-linux-arm64-musl': '1.2.3', here: '1.0.0' },
      },
      'node_modules/here': { version: '1.0.0' },
    },
  }

  expect(missingEntries(lock)).toEqual({
    'node_modules/@tool/binding-linux-arm64-musl': {
      version: '1.2.3',
      cpu: ['arm64'],
      dev: true,
      libc: ['musl'],
      optional: true,
      os: ['linux'],
    },
  })
})
