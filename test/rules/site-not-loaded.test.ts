import { join } from 'node:path'
import { expect, test } from 'vitest'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { readSnapshot } from '../../src/host/snapshot.ts'

const folder = join(import.meta.dirname, 'config-not-reloaded/fires-config-not-reloaded-new-site')

/** The recorded host with other words in its access log. */
async function verdictWith(change: (text: string) => string) {
  const snapshot = await readSnapshot(folder)
  const captures = snapshot.captures.map((each) =>
    each.capture.probe === 'access-log'
      ? { ...each, capture: { ...each.capture, stdout: change(each.capture.stdout) } }
      : each,
  )
  const { verdict, findings } = replaySnapshot({ ...snapshot, captures })
  return { verdict, kinds: findings.map(({ cause, kind }) => `${cause} ${kind}`) }
}

const unsure = { verdict: 'undetermined', kinds: ['config-not-reloaded latent'] }

test('a site that waits to be loaded is told where people find nothing since its file was written', async () => {
  expect(await verdictWith((text) => text)).toEqual({ verdict: 'diagnosed', kinds: ['config-not-reloaded cause'] })
})

test('what scanners ask every host for says nothing of a site that waits to be loaded', async () => {
  expect(await verdictWith((text) => text.replaceAll('/catalogue', '/wp-content'))).toEqual(unsure)
})

test('people who found nothing before the file was written did not look for its site', async () => {
  expect(await verdictWith((text) => text.replace(/^answer 30 \d+ /m, 'answer 30 400 '))).toEqual(unsure)
})
