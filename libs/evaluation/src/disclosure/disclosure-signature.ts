/** The signature under disclosures: Ed25519 with a key that follows from the secret of the platform. */
import { createPrivateKey, createPublicKey, hkdfSync, sign, verify, type KeyObject } from 'node:crypto';

/** RFC 8410: what stands before the 32 bytes of a private and of a public key. */
const privateHead = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicHead = Buffer.from('302a300506032b6570032100', 'hex');

/** A platform that keeps its secret keeps its key; with another secret it signs by another key. */
export function signingKey(secret: string): KeyObject {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'yearly disclosures', 32));
  return createPrivateKey({ key: Buffer.concat([privateHead, seed]), format: 'der', type: 'pkcs8' });
}

/** The 32 bytes of the public key, in hex. */
export function publicKeyOf(key: KeyObject): string {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(publicHead.length).toString('hex');
}

/** In hex. */
export const signatureOf = (text: string, key: KeyObject): string => sign(null, Buffer.from(text), key).toString('hex');

/** False also for what is no key or no signature at all. */
export function isSignedBy(text: string, signature: string, publicKey: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(publicKey) || !/^[0-9a-f]{128}$/.test(signature)) return false;
  try {
    const spki = Buffer.concat([publicHead, Buffer.from(publicKey, 'hex')]);
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'hex'));
  } catch {
    return false;
  }
}
