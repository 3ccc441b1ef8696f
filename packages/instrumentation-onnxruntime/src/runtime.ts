/*
 * What is used of onnxruntime-node, structurally: its types are no dependency, and any version of the range fits. Every
 * property is read as if it might be missing, since the classes belong to somebody else.
 */

export interface SessionClass {
  // biome-ignore lint/suspicious/noExplicitAny: four overloads, which are the runtime's to check
  create(...args: any[]): Promise<any>;
  readonly prototype: object;
}

export interface Session {
  readonly inputNames?: readonly string[];
  readonly outputNames?: readonly string[];
  /** From 1.22 on. */
  readonly inputMetadata?: readonly ValueMetadata[];
  readonly outputMetadata?: readonly ValueMetadata[];
}

/** An input or output. `shape` is empty where it is unknown, a name in it is a size that may differ from call to call. */
export interface ValueMetadata {
  readonly name: string;
  readonly isTensor: boolean;
  readonly type?: string;
  readonly shape?: readonly (number | string)[];
}

/** What a feed and a result hold. `data` throws unless `location` is 'cpu'. */
export interface RuntimeTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly location?: string;
  readonly data: TensorData;
}

/** A typed array, or the strings of a string tensor. */
export type TensorData = ArrayLike<number> | ArrayLike<bigint> | readonly string[];

export type Feeds = Readonly<Record<string, RuntimeTensor>>;
export type Results = Readonly<Record<string, RuntimeTensor>>;
