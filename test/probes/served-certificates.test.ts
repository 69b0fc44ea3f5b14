import { expect, test } from 'vitest'
import { servedCertificates } from '../../src/probes/served-certificates.ts'
import { chainFault } from '../../src/symptoms/served-chain.ts'
import { captureOf } from '../support/capture-of.ts'

const noon = Date.parse('2026-11-21T12:00:00Z')

function read(stdout: string) {
  const result = servedCertificates.parse(captureOf('served-certificates', stdout))
  return result.ok ? result.value.certificates : []
}

const chain = (intermediateEnd: string, verified: string): string =>
  `@cert 127.0.0.1:443|shop.example.com notAfter=Feb  9 19:01:38 2027 GMT
subject=CN = shop.example.com
issuer=CN = Example Issuing
notAfter=Feb  9 19:01:38 2027 GMT
            Public Key Algorithm: rsaEncryption
subject=CN = Example Issuing
issuer=CN = Example Root
notAfter=${intermediateEnd}
            Public Key Algorithm: rsaEncryption
    Verify return code: ${verified}
`

test('a certificate with what is sent along with it', () => {
  const [served] = read(chain('Nov 20 19:01:38 2026 GMT', '20 (unable to get local issuer certificate)'))
  expect(served).toMatchObject({
    endpoint: '127.0.0.1:443',
    name: 'shop.example.com',
    wanted: 'any',
    notAfter: Date.parse('2027-02-09T19:01:38Z'),
    algorithm: 'rsaEncryption',
    verified: 20,
  })
  expect(served?.chain.map(({ subject }) => subject)).toEqual(['CN = shop.example.com', 'CN = Example Issuing'])
})

function faultOf(end: string, verified: string) {
  const [served] = read(chain(end, verified))
  return served && chainFault(served, noon)
}

test('an expired signer is a fault, a valid one or one that this host does not need is none', () => {
  expect(faultOf('Nov 20 19:01:38 2026 GMT', '10 (certificate has expired)')).toMatchObject({ direct: true })
  expect(faultOf('Nov 20 19:01:38 2026 GMT', '0 (ok)')).toBeNull()
  expect(faultOf('Nov 20 19:01:38 2028 GMT', '20 (unable to get local issuer certificate)')).toBeNull()
})

test('captures from before, kinds of key, and no answer', () => {
  const served = read(
    '@cert [::1]:443|a.example notAfter=Feb  9 19:01:38 2027 GMT\n@cert 127.0.0.1:443|a.example|rsa \n\n@cert 127.0.0.1:443|b.example ',
  )
  expect(served.map(({ endpoint, name, wanted, notAfter }) => [endpoint, name, wanted, notAfter !== null])).toEqual([
    ['[::1]:443', 'a.example', 'any', true],
    ['127.0.0.1:443', 'a.example', 'rsa', false],
    ['127.0.0.1:443', 'b.example', 'any', false],
  ])
  expect(served[0] && chainFault(served[0], noon)).toBeNull()
})
