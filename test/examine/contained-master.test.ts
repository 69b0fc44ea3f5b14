import { beforeAll, expect, it } from 'vitest'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { readSnapshot, type Snapshot } from '../../src/host/snapshot.ts'
import { captureFolders } from '../support/captures.ts'

/** nginx in a podman container dials the container's own 127.0.0.1. */
let contained: Snapshot

beforeAll(async () => {
  const name = 'rules/listen-address-mismatch/fires-listen-address-nginx-in-podman'
  contained = await readSnapshot(captureFolders().find((each) => each.name === name)?.folder ?? '')
})

it('what its log says is told where root may look, and likely is the most that is claimed', () => {
  const { verdict, headline, findings } = replaySnapshot(contained)

  expect(verdict).toBe('diagnosed')
  expect(headline).toMatch(
    /^nginx in container web \(.*podman\) connects to 127\.0\.0\.1:8080, which is the container's own/,
  )
  expect(findings.map(({ confidence }) => confidence)).toEqual(['likely'])
})

it('restarting or changing it is a step for a person, never an action', () => {
  const { findings } = replaySnapshot(contained)

  expect(findings[0]?.fix.action).toBeNull()
  expect(findings[0]?.fix.steps.at(-1)).toBe('podman exec web nginx -s reload')
})

it('whoever is not root is told what is missing, and which command of the engine would show it', () => {
  const { verdict, unseen, ask } = replaySnapshot(
    changed('contained-nginx', {
      stdout: '',
      exitCode: 126,
      stderr: 'only root may look into the container of pid 42\n',
    }),
  )

  expect(verdict).toBe('undetermined')
  expect(unseen.join()).toContain('only root may look into the container')
  expect(ask).toMatchObject({ command: 'podman logs --since 10m web 2>&1 | tail -n 50', probe: null })
})

it('one in a pod of Kubernetes is said to be out of scope', () => {
  const processes = contained.captures.find(({ capture }) => capture.probe === 'nginx-processes')?.capture.stdout ?? ''
  const inPod = changed('nginx-processes', { stdout: processes.replace(/^(master \d \d+ other)$/m, '$1 pod') })
  const { verdict, headline } = replaySnapshot(without('contained-nginx', inPod))

  expect(verdict).toBe('undetermined')
  expect(headline).toContain('an nginx in a Kubernetes pod')
  expect(headline).toContain('out of scope')
})

function changed(
  probe: string,
  by: { readonly stdout: string; readonly exitCode?: number; readonly stderr?: string },
): Snapshot {
  const captures = contained.captures.map((each) =>
    each.capture.probe === probe ? { ...each, capture: { ...each.capture, ...by } } : each,
  )
  return { ...contained, captures }
}

function without(probe: string, snapshot: Snapshot): Snapshot {
  return { ...snapshot, captures: snapshot.captures.filter(({ capture }) => capture.probe !== probe) }
}
