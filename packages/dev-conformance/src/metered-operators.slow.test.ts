import { meterModule } from '@wit-ts/component/fuel';
import { expect, it } from 'vitest';
import { assembleCachedWat } from './assemble-wat.ts';

/** Writes out `{a,b}` of a name: `i32.{add,sub}` is two names. */
function names(pattern: string): string[] {
  const match = /\{([^{}]*)\}/u.exec(pattern);
  if (match === null) return [pattern];
  return match[1]!.split(',').flatMap((each) => names(pattern.replace(match[0], each)));
}

const SHAPES = '{i8x16,i16x8,i32x4,i64x2}';
const RMW = '{add,sub,and,or,xor,xchg,cmpxchg}';

/** The operators of each proposal. Immediates refer to what the module below defines. */
const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  control: [
    'unreachable',
    'nop',
    'block end',
    'loop end',
    'if else end',
    'br 0',
    'br_if 0',
    'br_table 0 0 0',
    'return',
    'call $f',
    'call_indirect $t (type $f)',
    'return_call $f',
    'return_call_indirect $t (type $f)',
    'call_ref $f',
    'return_call_ref $f',
    'drop',
    'select',
    'select (result i32)',
  ],
  exceptions: [
    'throw $e',
    'throw_ref',
    'try_table end',
    'try_table (catch $e 0) (catch_all 0) end',
    'block (result exnref) try_table (catch_all_ref 0) end unreachable end',
    'block (result exnref) try_table (catch_ref $e 0) end unreachable end',
  ],
  'legacy exceptions': [
    'try catch $e catch_all end',
    'try catch_all rethrow 0 end',
    'try delegate 0',
    'try end',
  ],
  variables: [
    'local.{get,set,tee} 0',
    'global.{get,set} $g',
    'table.{get,set,grow,size,fill} $t',
    'table.copy $t $t',
    'table.init $t $elem',
    'elem.drop $elem',
  ],
  memory: [
    '{i32,i64,f32,f64}.{load,store} offset=300 align=4',
    '{i32,i64}.load{8,16}_{s,u}',
    'i64.load32_{s,u}',
    '{i32,i64}.store{8,16}',
    'i64.store32',
    'memory.{size,grow,fill}',
    'memory.copy',
    'memory.init $data',
    'data.drop $data',
    'i32.load $wide offset=5000000000',
    'memory.{size,grow,fill} $wide',
    'memory.copy $wide $wide',
    'memory.copy $wide 0',
    'memory.init $wide $data',
    'v128.store $wide',
    'v128.load8_lane $wide 3',
  ],
  numeric: [
    'i32.const -5',
    'i64.const 0x7fffffffffffffff',
    'f32.const 1.5',
    'f64.const nan',
    '{i32,i64}.{eqz,eq,ne,lt_s,lt_u,gt_s,gt_u,le_s,le_u,ge_s,ge_u,clz,ctz,popcnt,add,sub,mul,div_s,div_u,rem_s,rem_u}',
    '{i32,i64}.{and,or,xor,shl,shr_s,shr_u,rotl,rotr,extend8_s,extend16_s}',
    'i64.extend32_s',
    '{f32,f64}.{eq,ne,lt,gt,le,ge,abs,neg,ceil,floor,trunc,nearest,sqrt,add,sub,mul,div,min,max,copysign}',
    'i32.wrap_i64',
    'i64.extend_i32_{s,u}',
    '{i32,i64}.trunc_{f32,f64}_{s,u}',
    '{i32,i64}.trunc_sat_{f32,f64}_{s,u}',
    '{f32,f64}.convert_{i32,i64}_{s,u}',
    'f32.demote_f64',
    'f64.promote_f32',
    'i32.reinterpret_f32',
    'i64.reinterpret_f64',
    'f32.reinterpret_i32',
    'f64.reinterpret_i64',
  ],
  references: [
    'ref.null func',
    'ref.null $s',
    'ref.is_null',
    'ref.func $f',
    'ref.eq',
    'ref.as_non_null',
    'br_on_null 0',
    'block (result (ref func)) unreachable br_on_non_null 0 unreachable end',
  ],
  gc: [
    'struct.{new,new_default} $s',
    'struct.{get,set} $s 0',
    'struct.get_{s,u} $s 1',
    'array.{new,new_default,get,set} $a',
    'array.get_{s,u} $p',
    'array.new_fixed $a 2',
    'array.{new_data,init_data} $p $data',
    'array.{new_elem,init_elem} $r $elem',
    'array.len',
    'array.fill $a',
    'array.copy $a $a',
    'ref.test (ref $s)',
    'ref.test (ref null any)',
    'ref.cast (ref $s)',
    'ref.cast (ref null i31)',
    'block (result anyref) unreachable br_on_cast 0 anyref anyref unreachable end',
    'block (result anyref) unreachable br_on_cast_fail 0 anyref (ref i31) unreachable end',
    'any.convert_extern',
    'extern.convert_any',
    'ref.i31',
    'i31.get_{s,u}',
  ],
  vectors: [
    'v128.{load,store} offset=16',
    'v128.load{8x8,16x4,32x2}_{s,u}',
    'v128.load{8,16,32,64}_splat',
    'v128.load{32,64}_zero',
    'v128.{load,store}{8,16,32,64}_lane 1',
    'v128.const i64x2 1 2',
    'i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15',
    'i8x16.swizzle',
    `${SHAPES}.splat`,
    '{f32x4,f64x2}.splat',
    '{i8x16,i16x8}.extract_lane_{s,u} 1',
    '{i32x4,i64x2,f32x4,f64x2}.extract_lane 1',
    '{i8x16,i16x8,i32x4,i64x2,f32x4,f64x2}.replace_lane 1',
    '{i8x16,i16x8,i32x4}.{eq,ne,lt_s,lt_u,gt_s,gt_u,le_s,le_u,ge_s,ge_u}',
    'i64x2.{eq,ne,lt_s,gt_s,le_s,ge_s}',
    '{f32x4,f64x2}.{eq,ne,lt,gt,le,ge,abs,neg,sqrt,add,sub,mul,div,min,max,pmin,pmax,ceil,floor,trunc,nearest}',
    'v128.{not,and,andnot,or,xor,bitselect,any_true}',
    `${SHAPES}.{abs,neg,all_true,bitmask,shl,shr_s,shr_u,add,sub}`,
    'i8x16.popcnt',
    '{i8x16,i16x8}.{add_sat_s,add_sat_u,sub_sat_s,sub_sat_u,avgr_u}',
    '{i8x16,i16x8,i32x4}.{min_s,min_u,max_s,max_u}',
    '{i16x8,i32x4,i64x2}.mul',
    'i8x16.narrow_i16x8_{s,u}',
    'i16x8.narrow_i32x4_{s,u}',
    'i16x8.ext{end,mul}_{low,high}_i8x16_{s,u}',
    'i32x4.ext{end,mul}_{low,high}_i16x8_{s,u}',
    'i64x2.ext{end,mul}_{low,high}_i32x4_{s,u}',
    'i16x8.extadd_pairwise_i8x16_{s,u}',
    'i32x4.extadd_pairwise_i16x8_{s,u}',
    'i16x8.q15mulr_sat_s',
    'i32x4.dot_i16x8_s',
    'i32x4.trunc_sat_f32x4_{s,u}',
    'i32x4.trunc_sat_f64x2_{s,u}_zero',
    'f32x4.convert_i32x4_{s,u}',
    'f64x2.convert_low_i32x4_{s,u}',
    'f32x4.demote_f64x2_zero',
    'f64x2.promote_low_f32x4',
  ],
  'relaxed vectors': [
    'i8x16.relaxed_swizzle',
    'i32x4.relaxed_trunc_f32x4_{s,u}',
    'i32x4.relaxed_trunc_f64x2_{s,u}_zero',
    '{f32x4,f64x2}.relaxed_{madd,nmadd,min,max}',
    '{i8x16,i16x8,i32x4,i64x2}.relaxed_laneselect',
    'i16x8.relaxed_q15mulr_s',
    'i16x8.relaxed_dot_i8x16_i7x16_s',
    'i32x4.relaxed_dot_i8x16_i7x16_add_s',
  ],
  threads: [
    'memory.atomic.{notify,wait32,wait64}',
    'atomic.fence',
    '{i32,i64}.atomic.{load,store}',
    '{i32,i64}.atomic.{load8_u,load16_u,store8,store16}',
    'i64.atomic.{load32_u,store32}',
    `{i32,i64}.atomic.rmw.${RMW}`,
    `{i32,i64}.atomic.{rmw8,rmw16}.{add_u,sub_u,and_u,or_u,xor_u,xchg_u,cmpxchg_u}`,
    'i64.atomic.rmw32.{add_u,sub_u,and_u,or_u,xor_u,xchg_u,cmpxchg_u}',
  ],
};

/** Returns a module with a function for each operator. Code behind `unreachable` has all operands that it wants. */
function moduleOf(operators: readonly string[]): string {
  const functions = operators.map((each) => `(func (local i32) unreachable ${each} unreachable)`);
  return `(module
    (type $f (func)) (type $s (struct (field (mut i32)) (field i8))) (type $a (array (mut i32)))
    (type $p (array (mut i8))) (type $r (array (mut funcref)))
    (memory 1 1 shared) (memory $wide i64 1) (table $t 1 funcref) (global $g (mut i32) (i32.const 0)) (tag $e)
    (data $data "x") (elem $elem func $f) (func $f (type $f))
    ${functions.join('\n')})`;
}

it.each(Object.entries(OPERATORS))('meters a module with each operator of %s', async (_, patterns) => {
  const operators = patterns.flatMap(names);
  const bytes = await assembleCachedWat(moduleOf(operators));
  const whole = WebAssembly.validate(bytes as BufferSource);
  expect(whole ? 'valid' : await firstInvalid(operators)).toBe('valid');
  expect(WebAssembly.validate(meterModule(bytes) as BufferSource)).toBe(true);
});

/** Returns the operator because of which a module is not valid. */
async function firstInvalid(operators: readonly string[]): Promise<string> {
  for (const each of operators) {
    const bytes = await assembleCachedWat(moduleOf([each]));
    if (!WebAssembly.validate(bytes as BufferSource)) return each;
  }
  return 'several operators together';
}
