/** Reads a draft of a settlement from a file in YAML or JSON, and its table from a second one. */
import { createHash } from 'node:crypto';
import { changeEffects, type InputNode } from '@gep/accounting';
import { ProblemList, readTables } from '@gep/observation';
import { settlementKinds, trueUpWays, type ColumnBinding, type SentSettlement } from '@gep/settlement';
import { ReportFileUnreadable } from '../errors';
import { readDocument } from '../machine/input-document.loader';
import { readObservations } from '../observed-file.loader';

const heads = ['code', 'territory', 'mechanism', 'kind', 'agreement', 'period', 'fund', 'purpose', 'parties', 'trueUp'];
const others = ['rule', 'partyOfUnit', 'accounts', 'totals', 'about', 'moneyPeriod', 'agreementUntil'];

/**
 * @param table CSV or XLSX: the input, or what stands beside the figures of accounts
 * @throws ObservationsUnreadable, InputUnreadable, ReportFileUnreadable
 */
export async function readSettlementFile(file: string, table?: string): Promise<SentSettlement> {
  const node = (await readDocument(file)).only(...heads, ...others);
  const accounts = node.maybe('accounts');
  const rows = table === undefined ? undefined : await readRows(table);
  return {
    ...{ code: node.at('code').text(), territory: node.at('territory').text(), period: node.at('period').text() },
    ...{ mechanism: node.at('mechanism').text(), kind: node.at('kind').choice(settlementKinds) },
    ...{ agreement: node.at('agreement').text(), fund: node.at('fund').text(), purpose: node.at('purpose').text() },
    ...{ parties: textsOf(node.at('parties')), trueUp: trueUpOf(node.at('trueUp')) },
    ...optional(node, 'about', 'moneyPeriod', 'agreementUntil'),
    ...(node.maybe('rule') && { rule: optional(node.at('rule').only('id', 'edition'), 'id', 'edition') }),
    ...(node.maybe('partyOfUnit') && { partyOfUnit: textsOf(node.at('partyOfUnit')) }),
    ...(node.maybe('totals') && { totals: textsOf(node.at('totals')) }),
    ...(accounts && { accounts: { ...accountsOf(accounts), ...(rows && { beside: rows.rows }) } }),
    ...(!accounts && rows && { table: rows }),
  };
}

const textsOf = (node: InputNode): Record<string, string> =>
  Object.fromEntries(node.entries().map(([key, value]) => [key, value.text()]));

function optional<K extends string>(node: InputNode, ...keys: readonly K[]): Partial<Record<K, string>> {
  return Object.fromEntries(keys.flatMap((key) => (node.maybe(key) ? [[key, node.at(key).text()]] : []))) as Partial<
    Record<K, string>
  >;
}

function trueUpOf(node: InputNode): SentSettlement['trueUp'] {
  node.only('way', 'supplementLimit', 'least');
  return { way: node.at('way').choice(trueUpWays), ...optional(node, 'supplementLimit', 'least') };
}

function accountsOf(node: InputNode): Omit<NonNullable<SentSettlement['accounts']>, 'beside'> {
  node.only('periods', 'units', 'columns');
  const texts = (key: string): string[] =>
    node
      .at(key)
      .list()
      .map((each) => each.text());
  return { periods: texts('periods'), units: texts('units'), columns: node.at('columns').list().map(bindingOf) };
}

function bindingOf(node: InputNode): ColumnBinding {
  node.only('column', 'norm', 'figure', 'prices');
  const [figure, prices] = [node.at('figure'), node.maybe('prices')];
  return {
    ...{ column: node.at('column').text(), norm: node.at('norm').text(), figure: figureOf(figure) },
    prices: prices && !prices.isText() ? { constant: prices.only('constant').at('constant').text() } : 'current',
  };
}

function figureOf(node: InputNode): ColumnBinding['figure'] {
  if (node.isText()) return node.choice(['total'] as const);
  node.only('services', 'categories', 'payableIncrement');
  const texts = (of: InputNode, key: string) =>
    of.maybe(key) && {
      [key]: of
        .at(key)
        .list()
        .map((each) => each.text()),
    };
  const increment = node.maybe('payableIncrement')?.only('effects', 'services');
  if (!increment) return { ...texts(node, 'services'), ...texts(node, 'categories') };
  const effects = increment
    .at('effects')
    .list()
    .map((each) => each.choice(changeEffects));
  return { payableIncrement: { effects, ...texts(increment, 'services') } };
}

/** Rows by the names of their columns, with the digest of the file. */
async function readRows(file: string): Promise<NonNullable<SentSettlement['table']>> {
  const observed = await readObservations(file);
  const problems = new ProblemList();
  const [first] = await readTables(observed, problems, undefined, ['rows']);
  const [head, ...body] = [...(first?.rows ?? [])].map(({ cells }) => cells);
  const header = first?.header ?? (head ?? []).map((cell) => String(cell ?? ''));
  const rows = first?.header && head ? [head, ...body] : body;
  if (problems.errors > 0) throw new ReportFileUnreadable(file, problems.kept);
  return {
    rows: rows.map((cells) => Object.fromEntries(header.map((name, at) => [name, cells[at] ?? null]))),
    document: observed.fileName,
    documentDigest: createHash('sha256').update(observed.bytes).digest('hex'),
  };
}
