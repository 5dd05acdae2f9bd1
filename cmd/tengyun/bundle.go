package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"github.com/tengyun/tengyun/internal/admin"
)

// systemRoots is where systems keep the certificates that they trust. Source: crypto/x509.
func systemRoots() []string {
	return []string{
		"/etc/ssl/certs/ca-certificates.crt",
		"/etc/pki/tls/certs/ca-bundle.crt",
		"/etc/ssl/ca-bundle.pem",
		"/etc/pki/tls/cacert.pem",
		"/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
		"/etc/ssl/cert.pem",
		"/usr/local/etc/ssl/cert.pem",
	}
}

// certificates writes a file of the system's roots and the emulator's own authority, so that a client that trusts the
// file still trusts the rest of the world. "" without an error: the emulator has no authority.
func certificates(p *program, info admin.Info) (string, error) {
	if info.CAFile == "" {
		return "", nil
	}
	own, err := os.ReadFile(info.CAFile)
	if err != nil {
		return "", fmt.Errorf("read the emulator's certificate: %w", err)
	}
	bundle := roots(p, own)
	bundle = append(bundle, own...)
	path := filepath.Join(filepath.Dir(info.CAFile), "ca-bundle.pem")
	if err := replace(path, bundle); err == nil {
		return path, nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	path = filepath.Join(cache, "tengyun", "ca-bundle.pem")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", fmt.Errorf("make a place for a bundle of certificates: %w", err)
	}
	if err := replace(path, bundle); err != nil {
		return "", fmt.Errorf("write a bundle of certificates: %w", err)
	}
	return path, nil
}

// roots is the first file of roots that is there. One that holds our own authority was made by us: inside `tengyun
// exec`, another is not to grow from it.
func roots(p *program, own []byte) []byte {
	for _, path := range append([]string{p.env("SSL_CERT_FILE")}, systemRoots()...) {
		b, err := os.ReadFile(path)
		if err == nil && !bytes.Contains(b, bytes.TrimSpace(own)) {
			return append(bytes.TrimSpace(b), '\n')
		}
	}
	return nil
}

// replace writes a file at once, so that nobody reads half of it. One that is as wanted stays.
func replace(path string, content []byte) error {
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, content) {
		return nil
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}
