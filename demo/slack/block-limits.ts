/**
 * Sizes that Slack's Block Kit reference states, in characters or items. Where the reference is silent the source is named.
 * A message beyond one of them is refused as a whole, so the stand-in refuses it too.
 */
export const blockLimits = {
  messageBlocks: 50,
  viewBlocks: 100,
  /**
   * All texts of a message together. Undocumented: bolt-js issues #2509 and #2867 report msg_blocks_too_long from about
   * 12,000 characters on, the smallest report being 11,341.
   */
  messageText: 11_300,
  blockId: 255,
  actionId: 255,
  header: 150,
  sectionText: 3000,
  sectionFields: 10,
  sectionField: 2000,
  contextElements: 10,
  contextText: 3000,
  contextActions: 5,
  actions: 25,
  buttonText: 75,
  buttonValue: 2000,
  url: 3000,
  accessibilityLabel: 75,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  optionText: 75,
  optionValue: 150,
  optionDescription: 75,
  selectOptions: 100,
  overflowOptions: 5,
  choiceOptions: 10,
  placeholder: 150,
  imageAlt: 2000,
  markdown: 12_000,
  inputLabel: 2000,
  inputHint: 2000,
  inputText: 3000,
  tableRows: 100,
  tableColumns: 20,
  /** Header row and at most 100 rows (Slack: "Data table block"). */
  dataTableRows: 101,
  dataTableColumns: 20,
  dataTablePage: 100,
  cardTitle: 150,
  cardSubtitle: 150,
  cardBody: 200,
  cardActions: 3,
  carouselCards: 10,
  containerTitle: 150,
  containerBlocks: 10,
  chartTitle: 50,
  /** The stored reference says 6, some clients 12; the lower one is safe. */
  chartSeries: 6,
  chartPoints: 20,
  chartLabel: 20,
  chartAxisLabel: 50,
  /** Undocumented: more than two charts in one message are refused (vercel/chat). */
  chartsPerMessage: 2,
  /** One table per message (Slack: "Table block", error only_one_table_allowed). */
  tablesPerMessage: 1,
} as const
