/** Reads the document of an extent account; its format is in docs/seea-accounts.md, a sample in libs/accounting/samples/extent.yaml. */
import { Fraction, type Bilingual } from '@gep/kernel';
import type { InputNode } from '../input/input-node';
import { extentCauses, outside, type ExtentInput, type Transition } from './extent-account';
import type { ClassShares } from './map-classes';

export interface ExtentDocument {
  readonly title: Bilingual;
  readonly source: string | null;
  /** One area, or several that lie beside each other. */
  readonly parts: readonly ExtentInput[];
  /** Id of the mapping table that the classes are put through, and the shares that it leaves to the account. */
  readonly crosswalk: string | null;
  readonly shares: ClassShares;
}

type Frame = Omit<ExtentInput, 'part' | 'decimals' | 'transitions' | 'opening' | 'closing' | 'total'>;

/** @throws InputUnreadable */
export function readExtent(document: InputNode): ExtentDocument {
  const areaKeys = ['matrix', 'transitions', 'opening', 'closing', 'total'];
  const keys = ['title', 'source', 'from', 'to', 'unit', 'decimals', 'classes', 'crosswalk', 'shares', 'parts'];
  document.only(...keys, ...areaKeys);
  const frame: Frame = {
    from: document.at('from').text(),
    to: document.at('to').text(),
    unit: document.at('unit').text(),
    classes: document.at('classes').list().map(readClass),
  };
  const partNodes = document.maybe('parts')?.list();
  const places = partNodes ?? [document];
  const decimals = document.maybe('decimals')?.whole(20) ?? Math.max(0, ...places.flatMap(decimalsOfPart));
  const title = document.at('title').name();
  const parts = places.map((node) => {
    if (partNodes) node.only('name', ...areaKeys);
    return readPart(node, partNodes ? node.at('name').text() : title.en, frame, decimals);
  });
  return {
    title,
    source: document.maybe('source')?.text() ?? null,
    parts,
    crosswalk: document.maybe('crosswalk')?.text() ?? null,
    shares: readShares(document.maybe('shares')),
  };
}

function readClass(node: InputNode): ExtentInput['classes'][number] {
  if (node.isText()) return { code: node.text(), name: node.name() };
  node.only('code', 'name');
  return { code: node.at('code').text(), name: (node.maybe('name') ?? node.at('code')).name() };
}

function readPart(node: InputNode, part: string, frame: Frame, decimals: number): ExtentInput {
  const [matrix, transitions] = [node.maybe('matrix'), node.maybe('transitions')];
  if (matrix && transitions)
    node.refuse('matrix 与 transitions 只能有一个', 'give either matrix or transitions, not both');
  const [opening, closing] = [readAreas(node.maybe('opening')), readAreas(node.maybe('closing'))];
  if (!matrix && !transitions && !(opening && closing))
    node.refuse(
      '须有 matrix、transitions，或 opening 与 closing',
      'matrix or transitions is needed, or opening and closing together',
    );
  const read = matrix ? readMatrix(matrix, frame) : transitions?.list().map(readTransition);
  const total = node.maybe('total')?.notNegative();
  return { part, ...frame, decimals, transitions: read, opening, closing, total };
}

function readMatrix(node: InputNode, { classes }: Frame): Transition[] {
  const rows = node.list();
  const square = rows.length === classes.length && rows.every((row) => row.list().length === classes.length);
  if (!square)
    node.refuse(
      `应为 ${classes.length} 行 ${classes.length} 列`,
      `${classes.length} rows of ${classes.length} are expected`,
    );
  return rows.flatMap((row, at) =>
    row.list().map((cell, column) => ({
      from: classes[at].code,
      to: classes[column].code,
      area: cell.notNegative(),
      cause: 'unstated' as const,
    })),
  );
}

function readTransition(node: InputNode): Transition {
  node.only('from', 'to', 'area', 'cause');
  const side = (key: 'from' | 'to'): string | null => {
    const code = node.at(key).text();
    return code === outside ? null : code;
  };
  const cause = node.maybe('cause')?.choice(extentCauses) ?? 'unstated';
  return { from: side('from'), to: side('to'), area: node.at('area').notNegative(), cause };
}

const readAreas = (node: InputNode | undefined): Map<string, Fraction> | undefined =>
  node && new Map(node.entries().map(([code, area]) => [code, area.notNegative()]));

const readShares = (node: InputNode | undefined): ClassShares =>
  new Map(
    (node?.entries() ?? []).map(([code, shares]) => [
      code,
      new Map(shares.entries().map(([target, share]) => [target, share.notNegative()])),
    ]),
  );

/** The most digits after the point that any area of the part is written with. */
function decimalsOfPart(node: InputNode): number[] {
  const cells = [
    ...(node.maybe('matrix')?.list() ?? []).flatMap((row) => row.list()),
    ...(node.maybe('transitions')?.list() ?? []).flatMap((transition) => transition.maybe('area') ?? []),
    ...(['opening', 'closing'] as const).flatMap((side) => node.maybe(side)?.entries() ?? []).map(([, area]) => area),
  ];
  return [...cells, ...(node.maybe('total') ? [node.at('total')] : [])].map((cell) => cell.decimals());
}
