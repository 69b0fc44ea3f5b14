import { expect, test } from 'vitest'
import { commandAgainst, within } from '../../src/symptoms/tls-commands.ts'

const none = { minProtocol: null, maxProtocol: null, cipherString: null }

test('the limits that are handed straight to OpenSSL leave fewer versions', () => {
  expect(within('TLSv1.2 TLSv1.3', { ...none, minProtocol: 'TLSv1.3' })).toBe('TLSv1.3')
  expect(within('TLSv1 TLSv1.1 TLSv1.2', { ...none, maxProtocol: 'TLSv1.1' })).toBe('TLSv1 TLSv1.1')
  expect(within('TLSv1.2 TLSv1.3', { ...none, minProtocol: 'None' })).toBe('TLSv1.2 TLSv1.3')
})

test('the command that keeps a version out is the one to change', () => {
  expect(commandAgainst('TLSv1.2', { ...none, minProtocol: 'TLSv1.3' })).toEqual({
    name: 'MinProtocol',
    value: 'TLSv1.2',
  })
  expect(commandAgainst('TLSv1.3', { ...none, maxProtocol: 'TLSv1.2' })?.name).toBe('MaxProtocol')
  expect(commandAgainst('TLSv1.2', none)).toBeNull()
})
