import { blockLimits as limits } from '../block-limits.ts'
import { isList, isObject, textAt } from '../json.ts'
import type { Json, JsonObject } from '../json.ts'
import { checkRichText } from './rich-text.ts'
import { below, checkItems, checkLength, report } from './report.ts'
import type { Place } from './report.ts'

const longestCell = 20_000

function checkCell(place: Place, cell: Json): void {
  if (!isObject(cell)) return report(place, 'invalid_type', 'must be a table cell')
  const type = textAt(cell, 'type')
  if (type === 'rich_text') return checkRichText(place, cell)
  if (type === 'raw_text') return checkLength(place, cell, 'text', longestCell, 'required')
  if (type !== 'raw_number') return report(place, 'unsupported_type', `unsupported type: ${type}`)
  checkLength(place, cell, 'text', longestCell, 'required')
  if (typeof cell['value'] !== 'number') report(place, 'missing_field', 'missing required field: value')
}

function checkRows(place: Place, block: JsonObject, least: number, rows: number, columns: number): void {
  const all = checkItems(place, block, 'rows', least, rows)
  const width = isList(all[0]) ? all[0].length : 0
  for (const [index, row] of all.entries()) {
    const at = below(place, 'rows', index)
    if (!isList(row)) {
      report(at, 'invalid_type', 'must be a list of cells')
      continue
    }
    if (row.length < 1 || row.length > columns) report(at, 'too_many_items', `must have 1 to ${columns} cells`)
    if (row.length !== width) report(at, 'invalid_value', 'all rows must have the same number of cells')
    for (const [column, cell] of row.entries()) checkCell(below(at, column), cell)
  }
}

export function checkTable(place: Place, block: JsonObject): void {
  checkRows(place, block, 1, limits.tableRows, limits.tableColumns)
}

export function checkDataTable(place: Place, block: JsonObject): void {
  checkLength(place, block, 'caption', limits.sectionText, 'required')
  checkRows(place, block, 2, limits.dataTableRows, limits.dataTableColumns)
  const size = block['page_size']
  if (size !== undefined && !(typeof size === 'number' && size >= 1 && size <= limits.dataTablePage)) {
    report(below(place, 'page_size'), 'invalid_value', `must be 1 to ${limits.dataTablePage}`)
  }
}
