/** Reads the split that a request asks for: its successors, and their shares by patches, by areas or as given. */
import { Fraction } from '@gep/kernel';
import {
  sharesAsGiven,
  sharesByArea,
  sharesByMap,
  SuccessionSharesUnfit,
  type PatchMembership,
  type SuccessionChange,
  type SuccessorShare,
} from '@gep/territory';

/** A successor as it is asked for. */
interface WishedSuccessor {
  readonly territory: string;
  readonly nameZh?: string;
  readonly nameEn?: string;
  readonly share?: string;
  readonly area?: string;
}

/** A split as it is asked for. */
interface WishedSplit {
  readonly territory: string;
  readonly effective: string;
  readonly source: string;
  readonly successors: readonly WishedSuccessor[];
  readonly patches?: readonly PatchMembership[];
  readonly children?: readonly { readonly territory: string; readonly successor: string }[];
}

/** @throws SuccessionSharesUnfit when shares are given in two ways, or for some successors only */
export function splitOfBody(body: WishedSplit): SuccessionChange {
  const { territory, successors, children, effective, source } = body;
  return {
    ...{ kind: 'split', effective, source, predecessors: [territory] },
    successors: successors.map(({ territory: code, nameZh, nameEn }) => ({ code, nameZh, nameEn })),
    ...sharesOf(body),
    ...(children && { children: new Map(children.map((child) => [child.territory, child.successor])) }),
  };
}

function sharesOf({
  successors,
  patches,
}: WishedSplit): Pick<SuccessionChange, 'basis'> & { shares: SuccessorShare[] } {
  const [shared, measured] = (['share', 'area'] as const).map((key) => successors.filter((one) => one[key]));
  const ways = [patches ?? [], shared, measured].filter(({ length }) => length > 0);
  if (ways.length !== 1) {
    throw new SuccessionSharesUnfit({
      zh: '请只按一种方式给出份额：share、area 或 patches',
      en: 'give shares in one way: share, area or patches',
    });
  }
  if (patches?.length) return { basis: 'map', shares: sharesByMap(patches) };
  return shared.length > 0
    ? { basis: 'given', shares: sharesAsGiven(numbersOf(successors, 'share')) }
    : { basis: 'area', shares: sharesByArea(numbersOf(successors, 'area')) };
}

function numbersOf(successors: readonly WishedSuccessor[], key: 'share' | 'area'): Map<string, Fraction> {
  return new Map(
    successors.map(({ territory, [key]: text = '' }) => {
      const value = Fraction.parse(text);
      if (value) return [territory, value];
      throw new SuccessionSharesUnfit({
        zh: `${territory} 的 ${key} 缺少或不是数`,
        en: `${key} of ${territory} is missing or no number`,
      });
    }),
  );
}
