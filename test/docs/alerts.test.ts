import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { alertmanager } from '../../src/alerts/sources/alertmanager.ts'
import { datadog } from '../../src/alerts/sources/datadog.ts'
import { timestampHeader } from '../../src/alerts/sources/grafana.ts'
import { generic } from '../../src/alerts/sources/generic.ts'
import { sign } from '../../src/alerts/signature.ts'
import { sourceTypes } from '../../src/alerts/sources-config.ts'
import { parseConfigFile } from '../../src/config-file.ts'
import { createMetrics } from '../../src/metrics.ts'

const page = readFileSync('docs/alerts.md', 'utf8')

function block(language: string, holding: string): string {
  const blocks = [...page.matchAll(/```(?<language>\w+)\n(?<text>[^`]+)```/g)]
  const found = blocks.find(({ groups }) => groups?.['language'] === language && groups['text']?.includes(holding))
  return found?.groups?.['text'] ?? ''
}

test('the configuration of docs/alerts.md is one, with a source of every kind', () => {
  const { alerts } = parseConfigFile(block('yaml', '# gatemedic.yml'), 'gatemedic.yml')

  expect(Object.values(alerts?.sources ?? {}).map(({ type }) => type)).toEqual(sourceTypes)
})

test('the five minutes of docs/alerts.md end with a configuration, and with what a sender and the log really say', () => {
  const { alerts } = parseConfigFile(block('yaml', 'channels: {'), 'gatemedic.yml')
  const refused = alertmanager.read({}, 'prometheus')
  const logged = ['src/alerts/open-intake.ts', 'src/alerts/intake.ts'].map((path) => readFileSync(path, 'utf8')).join()

  expect(Object.keys(alerts?.sources ?? {})).toEqual(['prometheus'])
  expect(refused).toMatchObject({ ok: false, reason: expect.stringMatching(/^version: must be 4/) })
  expect(page).toContain('`version: must be 4`')
  for (const line of ['alert intake is open', 'alerts taken', 'alert refused']) {
    expect(logged).toContain(`'${line}'`)
    expect(page).toContain(`\`${line}\``)
  }
})

test('Datadog’s template of docs/alerts.md is read, whatever of it is not set', () => {
  const template = z.record(z.string(), z.string()).parse(JSON.parse(block('json', '$ALERT_CYCLE_KEY')))

  const filled = datadog.read({ ...template, transition: 'Triggered', date: '1795230240000' }, 'datadog')

  expect(filled).toMatchObject({
    ok: true,
    alerts: [{ labels: {}, severity: 'unknown', title: 'alert without a title' }],
  })
})

test('the request of docs/alerts.md for anything else is read and signed as its script signs it', () => {
  const body = /body='(?<body>[^']+)'/.exec(block('sh', 'curl'))?.groups?.['body'] ?? ''
  const signature = `v1=${createHmac('sha256', 'secret').update(`1795230240.${body}`).digest('hex')}`

  expect(generic.read(JSON.parse(body), 'scripts')).toMatchObject({ ok: true, alerts: [{ labels: { host: 'web-1' } }] })
  expect(sign('secret', '1795230240', body)).toBe(signature)
})

test('docs/alerts.md names the timestamp header that is asked for, and every metric', async () => {
  const { text } = await createMetrics({ ofProcess: false }).page()
  const names = [...text.matchAll(/^# TYPE (?<name>\S+)/gm)].map(({ groups }) => groups?.['name'] ?? '')

  expect(page.toLowerCase()).toContain(`\n    ${timestampHeader}\n`)
  expect(names.length).toBeGreaterThan(3)
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})
