import { expect, it } from 'vitest'
import type { Fact } from '../../src/diagnosis/fact.ts'
import { model } from '../../src/nginx/config-model.ts'
import { parseConfig } from '../../src/nginx/config-parse.ts'
import { configuredAnswers } from '../../src/nginx/switches.ts'
import type { NginxBuild } from '../../src/probes/nginx-build.ts'
import { hasSizeOf } from '../../src/rules/body-size.ts'

const build: Fact<NginxBuild> = {
  known: true,
  value: { product: 'nginx/1.22.1', version: [1, 22, 1], configureArguments: '' },
  source: { host: 'web-1', probe: 'nginx-build', command: 'nginx -V' },
}

/** Ten answers, so many of them with so many bytes, held against what this location says. */
function fits(location: string, status: number, bytes: number, count: number, of: Fact<NginxBuild> = build): boolean {
  const text = `http { server { location / { ${location} } } }`
  const { servers } = model(parseConfig(new Map([['/etc/nginx/nginx.conf', text]]), '/etc/nginx/nginx.conf'))
  const scope = servers[0]?.locations[0]?.scope
  const [answer] = scope ? configuredAnswers(scope) : []
  if (!scope || !answer) throw new Error('no answer of the configuration')
  const counted = { firstAgo: 9, lastAgo: 1, fromUpstream: 0, noUpstream: 0, site: null, segment: '/cart' }
  return hasSizeOf(answer, scope, [{ ...counted, status, count: 10, body: { bytes, count } }], of)
}

it('knows the page of this nginx by its size, and with what some browsers get more', () => {
  expect(fits('return 503;', 503, 197, 10)).toBe(true)
  expect(fits('return 503;', 503, 197 + 402, 10)).toBe(true)
  expect(fits('return 503;', 503, 5, 10)).toBe(false)
  expect(fits('return 503;', 503, 197, 3)).toBe(false)
})

it('knows the text of return by its size', () => {
  expect(fits('return 501 "not yet\\n";', 501, 8, 10)).toBe(true)
  expect(fits('return 501 "not yet\\n";', 501, 157, 10)).toBe(false)
})

it('tells nothing of a page of the site, of what nginx says when a backend fails, and without the version', () => {
  const unknown: Fact<NginxBuild> = { known: false, reason: 'nginx -V was not run', source: build.source }

  expect(fits('error_page 503 /shut.html; return 503;', 503, 197, 10)).toBe(false)
  expect(fits('return 502;', 502, 157, 10)).toBe(false)
  expect(fits('return 503;', 503, 197, 10, unknown)).toBe(false)
})
