import { expect, it } from 'vitest'
import { replay } from '../../src/examine/replay.ts'
import { captureFolders } from '../support/captures.ts'

it.each([
  ['nginx-down/fires-nginx-down', 'systemctl start nginx.service'],
  ['nginx-down/fires-documented-alpine-openrc', 'rc-service nginx start'],
  ['nginx-down/fires-nginx-down-busybox', 'service nginx start'],
])('the steps of %s speak as the init system of the host does', async (name, step) => {
  const folder = captureFolders().find((each) => each.name === `rules/${name}`)?.folder ?? ''
  const { findings } = await replay(folder)

  expect(findings[0]?.fix.steps).toContain(step)
})
