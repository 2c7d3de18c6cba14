/** A register that was read and checked, from files or from lists: columns of it, and what others have to know. */
import { digestOfValue } from '@gep/kernel';
import {
  type OwnerBatch,
  OwnerRows,
  type ParcelBatch,
  ParcelRows,
  type RegisterProblem,
  RegisterProblems,
} from './register-rows';

export interface CheckedRegister {
  readonly owners: readonly OwnerBatch[];
  readonly parcels: readonly ParcelBatch[];
  /** Code of a territory and the first place that names it. */
  readonly territories: readonly (readonly [code: string, file: RegisterProblem['file'], row: number])[];
  /** Owners that parcels name and the file of owners does not, with the first row. */
  readonly unknownOwners: readonly (readonly [code: string, row: number])[];
  readonly problems: readonly RegisterProblem[];
  readonly problemCount: number;
  /** SHA-256 of the files, in the order owners, parcels. */
  readonly digest: string;
}

/** What the rows come to, after the last of them. */
export function gatherRegister(
  owners: OwnerRows,
  parcels: ParcelRows,
  problems: RegisterProblems,
): Omit<CheckedRegister, 'digest'> {
  const [ownerBatches, parcelBatches] = [owners.end(), parcels.end()];
  const named = (file: RegisterProblem['file'], codes: ReadonlyMap<string, number>) =>
    [...codes].map(([code, row]) => [code, file, row] as const);
  return {
    owners: ownerBatches,
    parcels: parcelBatches,
    territories: [...named('owners', owners.territories), ...named('parcels', parcels.territories)],
    unknownOwners: [...parcels.owners].filter(([code]) => !owners.codes.has(code)),
    problems: problems.told,
    problemCount: problems.count,
  };
}

/** Lists as they come over HTTP; rows count from 1, values as they would stand in the files. */
export interface RegisterLists {
  readonly owners?: readonly Readonly<Record<'code' | 'name' | 'kind' | 'territory' | 'shares', string>>[];
  readonly parcels?: readonly Readonly<
    Record<'code' | 'territory' | 'baseYear' | 'baseGep' | 'type' | 'area' | 'owner' | 'share', string>
  >[];
}

export function checkLists(lists: RegisterLists): CheckedRegister {
  const problems = new RegisterProblems();
  const owners = new OwnerRows(problems);
  lists.owners?.forEach((row, at) => owners.read(at + 1, row));
  const parcels = new ParcelRows(problems);
  lists.parcels?.forEach((row, at) => parcels.read(at + 1, row));
  return { ...gatherRegister(owners, parcels, problems), digest: digestOfValue(lists) };
}
