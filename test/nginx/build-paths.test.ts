import { describe, expect, it } from 'vitest'
import { buildPaths } from '../../src/nginx/build-paths.ts'

describe('the paths of a build', () => {
  it('are read from the configure arguments', () => {
    const paths = buildPaths(
      "nginx version: nginx/1.22.1\nconfigure arguments: --with-cc-opt='-g -O2 -ffile-prefix-map=/b=.' --prefix=/usr/share/nginx --conf-path=/etc/nginx/nginx.conf --http-log-path=/var/log/nginx/access.log --error-log-path=stderr --pid-path=/run/nginx.pid",
    )

    expect(paths).toEqual({
      prefix: '/usr/share/nginx',
      errorLog: 'stderr',
      accessLog: '/var/log/nginx/access.log',
      pid: '/run/nginx.pid',
      user: 'nobody',
    })
  })

  it('are those of ./configure where nothing is said', () => {
    expect(buildPaths('nginx version: nginx/1.29.0')).toMatchObject({
      prefix: '/usr/local/nginx',
      errorLog: '/usr/local/nginx/logs/error.log',
    })
  })
})
