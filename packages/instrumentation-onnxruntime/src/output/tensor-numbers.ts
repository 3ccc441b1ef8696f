import type { RuntimeTensor, TensorData } from '../runtime.js';

/** Whether an output's type is one whose numbers are scores. */
export function isFloat(type: string | undefined): boolean {
  return type === 'float32' || type === 'float64' || type === 'float16';
}

/** The data of a tensor in memory; undefined for one that lies elsewhere, which is never downloaded to be looked at. */
export function dataOf(tensor: RuntimeTensor | undefined): TensorData | undefined {
  if (tensor === undefined || (tensor.location !== undefined && tensor.location !== 'cpu')) return undefined;
  return tensor.data;
}

/** Whether the data are bits of 16-bit floats, as they are where the platform has no Float16Array. */
export function isHalf({ type }: RuntimeTensor, data: TensorData): boolean {
  return type === 'float16' && data instanceof Uint16Array;
}

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction. */
export function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
