import { expect, test } from 'vitest'
import { mirrorIn } from '../../lab/image/apt-source.ts'

test('the mirror is read from one-line sources, options and trailing slash aside', () => {
  const text = 'deb [arch=amd64 signed-by=/usr/share/keyrings/a.gpg] https://mirror.example.net/debian/ bookworm main\n'

  expect(mirrorIn(text)).toBe('https://mirror.example.net/debian')
})

test('the mirror is read from deb822 sources, the security archive passed over', () => {
  const text = `Types: deb
URIs: http://deb.debian.org/debian-security
Suites: bookworm-security

Types: deb
URIs: http://deb.debian.org/debian
Suites: bookworm bookworm-updates
`

  expect(mirrorIn(text)).toBe('http://deb.debian.org/debian')
})

test('commented lines and foreign archives are no mirror', () => {
  const text = '# deb http://deb.debian.org/debian bookworm main\ndeb https://packages.example.com/apt stable main\n'

  expect(mirrorIn(text)).toBeNull()
})
