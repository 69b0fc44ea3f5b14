import { describe, expect, it } from 'vitest'
import type { CauseId } from '../../src/diagnosis/cause.ts'
import type { Subject } from '../../src/diagnosis/diagnosis.ts'
import { sameTrouble, thingOf } from '../../src/history/same-trouble.ts'

const web = { one: 'web-3', other: 'web-3' }

interface Case {
  readonly what: string
  readonly cause: CauseId
  readonly one: Subject
  readonly other: Subject
}

describe('two findings of one cause', () => {
  it.each<Case>([
    {
      what: 'the unit',
      cause: 'backend-down',
      one: { unit: 'a', upstream: ':1' },
      other: { unit: 'a', upstream: ':2' },
    },
    {
      what: 'the address that both know',
      cause: 'backend-down',
      one: { unit: 'a', upstream: ':1' },
      other: { upstream: ':1' },
    },
    {
      what: 'the file, at another line',
      cause: 'config-invalid',
      one: { file: '/a', line: 1 },
      other: { file: '/a', line: 9 },
    },
    {
      what: 'the disk, whoever suffers',
      cause: 'disk-full',
      one: { path: '/var', unit: 'a' },
      other: { path: '/var', unit: 'b' },
    },
    { what: 'the whole host', cause: 'host-overloaded', one: {}, other: {} },
    {
      what: 'another machine',
      cause: 'backend-down',
      one: { host: 'app-1', unit: 'a' },
      other: { host: 'app-1', unit: 'a' },
    },
  ])('are of one trouble when they share $what', ({ cause, one, other }) => {
    expect(sameTrouble({ cause, subject: one }, { cause, subject: other }, web)).toBe(true)
  })

  it.each<Case>([
    {
      what: 'another unit',
      cause: 'backend-down',
      one: { unit: 'a', upstream: ':1' },
      other: { unit: 'b', upstream: ':1' },
    },
    {
      what: 'another certificate',
      cause: 'cert-expired',
      one: { path: '/a', file: '/n' },
      other: { path: '/b', file: '/n' },
    },
    {
      what: 'another location',
      cause: 'configured-error',
      one: { path: '/a', file: '/n' },
      other: { path: '/b', file: '/n' },
    },
    {
      what: 'another file',
      cause: 'configured-error',
      one: { path: '/', file: '/n' },
      other: { path: '/', file: '/m' },
    },
    { what: 'nothing in common', cause: 'backend-down', one: { unit: 'a' }, other: { upstream: ':1' } },
    { what: 'another machine', cause: 'backend-down', one: { host: 'app-1', unit: 'a' }, other: { unit: 'a' } },
  ])('are of two troubles when they have $what', ({ cause, one, other }) => {
    expect(sameTrouble({ cause, subject: one }, { cause, subject: other }, web)).toBe(false)
  })
})

it.each<[CauseId, Subject, string | null]>([
  ['backend-down', { upstream: ':1', unit: 'a', file: '/n' }, 'a'],
  ['cert-expired', { path: '/cert', file: '/n' }, '/cert'],
  ['configured-error', { path: '/', file: '/n' }, '/n'],
  ['host-overloaded', {}, null],
])('people know %s of %j as %s', (cause, subject, name) => {
  expect(thingOf({ cause, subject })).toBe(name)
})
