import { blockLimits as limits } from '../block-limits.ts'
import { isObject, listAt, objectAt, textAt } from '../json.ts'
import type { JsonObject } from '../json.ts'
import { checkRichText } from './rich-text.ts'
import { below, checkItems, checkLength, report } from './report.ts'
import type { Place } from './report.ts'

const statuses = ['pending', 'in_progress', 'complete', 'error']
const longestTitle = 3000

export function checkTaskCard(place: Place, task: JsonObject): void {
  checkLength(place, task, 'task_id', limits.blockId, 'required')
  checkLength(place, task, 'title', longestTitle, 'required')
  const status = textAt(task, 'status')
  if (task['status'] !== undefined && !statuses.includes(status)) {
    report(below(place, 'status'), 'invalid_value', `must be one of: ${statuses.join(', ')}`)
  }
  for (const key of ['details', 'output']) {
    const value = task[key]
    if (isObject(value)) checkRichText(below(place, key), value)
    else if (value !== undefined) report(below(place, key), 'invalid_type', 'must be a rich_text block')
  }
}

export function checkPlan(place: Place, plan: JsonObject): void {
  checkLength(place, plan, 'title', longestTitle, 'required')
  for (const [index, task] of listAt(plan, 'tasks').entries()) {
    const at = below(place, 'tasks', index)
    if (isObject(task)) checkTaskCard(at, task)
    else report(at, 'invalid_type', 'must be a task_card')
  }
}

/** A line, bar, area or pie chart. */
export function checkChart(place: Place, block: JsonObject): void {
  checkLength(place, block, 'title', limits.chartTitle, 'required')
  const at = below(place, 'chart')
  const chart = objectAt(block, 'chart')
  const type = textAt(chart, 'type')
  if (!['line', 'bar', 'area', 'pie'].includes(type)) return report(at, 'unsupported_type', `unsupported type: ${type}`)
  if (type === 'pie') return void checkItems(at, chart, 'segments', 1, limits.chartSeries)
  for (const [index, series] of checkItems(at, chart, 'series', 1, limits.chartSeries).entries()) {
    const here = below(at, 'series', index)
    if (!isObject(series)) {
      report(here, 'invalid_type', 'must be a series')
      continue
    }
    checkLength(here, series, 'name', limits.chartLabel, 'required')
    for (const [number, point] of checkItems(here, series, 'data', 1, limits.chartPoints).entries()) {
      if (isObject(point)) checkLength(below(here, 'data', number), point, 'label', limits.chartLabel, 'required')
    }
  }
  const axes = objectAt(chart, 'axis_config')
  for (const key of ['x_label', 'y_label'])
    checkLength(below(at, 'axis_config'), axes, key, limits.chartAxisLabel, 'optional')
}
