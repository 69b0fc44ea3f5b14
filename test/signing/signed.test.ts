import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSigner, createVerifier, readSigned } from '../../src/signing/signed.ts'

function pair() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    signer: createSigner(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

const one = pair()
const two = pair()
const signed = one.signer.sign('proposal', '{"host":"web-1"}')
const verifier = createVerifier(one.publicPem)

test('what was signed is opened as it was', () => {
  expect(verifier.open('proposal', signed)).toEqual({ ok: true, text: '{"host":"web-1"}' })
  expect(verifier.open('proposal', readSigned(JSON.stringify(signed)))).toMatchObject({ ok: true })
})

test.each([
  ['another text', { ...signed, text: '{"host":"web-2"}' }, 'its signature does not hold'],
  ['a signature of nothing', { ...signed, signature: '' }, 'its signature does not hold'],
  ['a key that nobody knows', two.signer.sign('proposal', '{"host":"web-1"}'), 'unknown key'],
  ["another key under the known one's name", { ...two.signer.sign('proposal', 'x'), key: signed.key }, 'does not hold'],
])('%s is not opened', (_what, forged, because) => {
  expect(verifier.open('proposal', forged)).toMatchObject({ ok: false, because: expect.stringContaining(because) })
})

test('a signature for one purpose is none for another', () => {
  expect(verifier.open('approval', signed)).toMatchObject({ ok: false })
})

test('while a key is changed both hold', () => {
  const both = createVerifier(`${two.publicPem}${one.publicPem}`)

  expect(both.open('proposal', signed).ok).toBe(true)
  expect(both.open('proposal', two.signer.sign('proposal', 'x')).ok).toBe(true)
})

test('only Ed25519 keys are taken', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

  expect(() => createSigner(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())).toThrow('Ed25519')
  expect(() => createVerifier('nothing')).toThrow('no public key')
})
