/** Disclosures as they are downloaded: a year as JSON or CSV, a single figure as JSON. */
import { canonicalJson } from '@gep/kernel';
import { documentText, leavesOf } from './disclosed-document';
import type { DisclosedFigure } from './disclosed-figure';
import type { DisclosurePackage, FigureReceipt } from './disclosure-receipt';
import { treePath } from './figure-tree';

/** Canonical JSON and a line end: no other bytes are the same disclosure. */
export const packageText = ({ document, receipt }: DisclosurePackage): string =>
  `${canonicalJson({ document: JSON.parse(documentText(document)), receipt })}\n`;

export const receiptText = (receipt: FigureReceipt): string => `${canonicalJson(receipt)}\n`;

/** @returns undefined when the disclosure has no such figure */
export function receiptOfFigure({ document, receipt }: DisclosurePackage, id: string): FigureReceipt | undefined {
  const index = document.figures.findIndex((figure) => figure.id === id);
  if (index < 0) return undefined;
  const { territory, year, edition, figures } = document;
  return {
    ...{ territory: territory.code, year, edition, figure: figures[index]!, index, size: figures.length },
    ...{ path: treePath(leavesOf(document), index), receipt },
  };
}

/** Columns of a figure; `nameZh` and `nameEn` are the members of `name`. */
export const figureColumns = [
  ...(['figure', 'kind', 'nameZh', 'nameEn', 'value', 'unit', 'vintage', 'norm', 'digest', 'rule', 'grade'] as const),
] as const;
/** The same in every row: where the figures belong, and what proves them. */
export const commonColumns = [
  ...(['territory', 'year', 'edition', 'documentDigest', 'root', 'chainRows', 'chainHead', 'publicKey'] as const),
  'signature',
] as const;

/** UTF-8 with its mark, CRLF, one row a figure; every row names what proves it. */
export function packageCsv({ document, receipt }: DisclosurePackage): string {
  const { territory, year, edition, figures } = document;
  const { documentDigest, root, row, publicKey, signature } = receipt;
  const common = [
    ...[territory.code, String(year), String(edition), documentDigest, root, row.seq, row.hash],
    ...[publicKey, signature],
  ];
  const rows = figures.map((figure) => [...cellsOf(figure), ...common]);
  return `\uFEFF${[[...figureColumns, ...commonColumns], ...rows].map(csvRow).join('')}`;
}

const cellsOf = ({ id, kind, name, value, unit, vintage, norm, digest, rule, grade }: DisclosedFigure): string[] => [
  ...[id, kind, name.zh, name.en, value, unit, vintage ?? '', norm ?? '', digest, rule ?? '', grade],
];

export const csvRow = (cells: readonly string[]): string =>
  `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
