#!/usr/bin/env bash
# Writes Sources/ONNX/ONNX.pb.swift anew from onnx.proto, with swift-protobuf's generator; only needed after a
# change of onnx.proto. Wants PYTHON with grpcio-tools, which brings the compiler of protocol buffers.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${BUILD:-.build}
swift build --scratch-path "$build" -c release --product protoc-gen-swift
"${PYTHON:-python3}" -m grpc_tools.protoc --plugin="$build/release/protoc-gen-swift" \
    --proto_path=Sources/ONNX --swift_out=Sources/ONNX \
    --swift_opt=Visibility=Package --swift_opt=UseAccessLevelOnImports=true onnx.proto
mv Sources/ONNX/onnx.pb.swift Sources/ONNX/ONNX.pb.swift
