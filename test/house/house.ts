/** The lists on which all rules of the house stand, as the dependency-cruiser configuration states them. */
import { createRequire } from 'node:module';

interface HouseLists {
  readonly table: Readonly<Record<string, readonly string[]>>;
  readonly apps: readonly string[];
  readonly roles: readonly string[];
  readonly rolePlaces: Readonly<Record<string, string>>;
  readonly pureSubjects: readonly string[];
}

export const { house } = createRequire(__filename)('../../.dependency-cruiser.cjs') as { house: HouseLists };

/** True for a file of libs or apps that has no role ending: no clock, no randomness, no waiting, no framework. */
export function isPure(path: string): boolean {
  if (!/^(libs|apps)\/[^/]+\/src\/.+\.ts$/.test(path) || /(\.spec|\/main|\/index)\.ts$/.test(path)) return false;
  return !house.roles.some((role) => path.endsWith(`.${role}.ts`));
}
